extension RunBatch {
    /// Reads `{commands: [{id, op, args}], atomic?}`. What is wrong inside `args` becomes the result of that
    /// command; everything else is an error of the request.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        let isAtomic = reader.bool("atomic") ?? false
        let values = reader.value("commands")
        var items: [Item] = []
        if let commands = values?.array, (1...Limits.batchCommandsMax).contains(commands.count) {
            var ids: Set<String> = []
            for (index, command) in commands.enumerated() {
                var fields = FieldReader(command, at: "\(reader.path("commands"))/\(index)")
                if let item = fields.batchItem() {
                    if !ids.insert(item.id).inserted {
                        fields.report("id", .duplicate, "Another command has the same id.")
                    }
                    items.append(item)
                }
                reader.report(contentsOf: fields.problems)
            }
        } else if let count = values?.array?.count {
            let code: FieldProblem.Code = count == 0 ? .tooShort : .tooMany
            reader.report("commands", code, "Must have 1 to \(Limits.batchCommandsMax) commands, has \(count).")
        } else if values != nil {
            reader.report("commands", .wrongType, "Must be a list of commands.")
        } else {
            reader.require("commands")
        }
        try reader.finish()
        self.init(items: items, isAtomic: isAtomic)
    }
}

extension FieldReader {
    fileprivate mutating func batchItem() -> RunBatch.Item? {
        let id = text("id", TextRule(length: 1...Limits.batchCommandIDLengthMax, trims: false) { _ in true })
        let op = parsed("op", expected: "create, update, complete, reopen, delete or restore") { BatchOp(rawValue: $0) }
        let args = value("args")
        for name in ["id", "op", "args"] { require(name) }
        if let args, args.object == nil { report("args", .wrongType, "Must be a JSON object.") }
        reportUnknown()
        guard problems.isEmpty, let id, let op, let args else { return nil }
        let step: Result<RunBatch.Step, ErrandError>
        do {
            step = .success(try op.step(args, at: path("args")))
        } catch {
            step = .failure(error)
        }
        return RunBatch.Item(id: id, step: step)
    }
}

/// What a command of a batch can be, by the names that batches have for it.
public enum BatchOp: String, CaseIterable, Sendable {
    case create, update, complete, reopen, delete, restore

    /// Its row of the catalogue.
    public var entry: AnyCatalogueEntry {
        switch self {
        case .create: AnyCatalogueEntry(Catalogue.createTask)
        case .update: AnyCatalogueEntry(Catalogue.editTask)
        case .complete: AnyCatalogueEntry(Catalogue.completeTask)
        case .reopen: AnyCatalogueEntry(Catalogue.reopenTask)
        case .delete: AnyCatalogueEntry(Catalogue.deleteTask)
        case .restore: AnyCatalogueEntry(Catalogue.restoreTask)
        }
    }

    fileprivate func step(_ args: JSONValue, at pointer: String) throws(ErrandError) -> RunBatch.Step {
        // An edit lies apart from the task that it is about.
        let prepared = try entry.read(arguments: args, at: pointer, bodyIn: self == .update ? "patch" : nil)
        return RunBatch.Step { (context) throws(ErrandError) in
            let answer = try prepared.execute(in: context)
            return RunBatch.StepOutcome(json: answer.json, isNew: answer.isNew)
        }
    }
}

extension RunBatch.Outcome {
    /// `{results: [{id, task? | error}], applied}`.
    var json: JSONValue {
        let items = results.map { id, result -> JSONValue in
            switch result {
            case .success(let outcome):
                outcome.json.map { ["id": .string(id), "task": $0] } ?? ["id": .string(id)]
            case .failure(let error): ["id": .string(id), "error": error.json]
            }
        }
        return ["results": .array(items), "applied": .bool(isApplied)]
    }
}
