extension RunBatch {
    /// Reads `{commands: [{id, op, args}], atomic?}`. What is wrong inside `args` becomes the result of that
    /// command; everything else is an error of the request.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        let isAtomic = reader.bool("atomic") ?? false
        let values = reader.value("commands")
        var items: [Item] = []
        if let commands = values?.array, (1...Limits.batchCommandsMax).contains(commands.count) {
            var ids: Set<String> = []
            for (index, command) in commands.enumerated() {
                var fields = FieldReader(command, at: "/commands/\(index)")
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

    fileprivate mutating func target() -> TaskTarget? {
        let version = integer("if_version")
        let reference: TaskReference? =
            switch value("task_id") {
            case .integer(let number)? where number > 0: .number(number)
            case .string(let text)?: TaskID(text).map { .id($0) }
            default: nil
            }
        if contains("task_id"), reference == nil {
            report("task_id", .invalidValue, "Must be the id or number of a task.")
        }
        require("task_id")
        return reference.map { TaskTarget($0, versions: version.map { [$0] }) }
    }
}

private enum BatchOp: String {
    case create, update, complete, reopen, delete, restore

    func step(_ args: JSONValue, at pointer: String) throws(ErrandError) -> RunBatch.Step {
        if self == .create { return .create(try TaskDraft(args, at: pointer)) }
        var reader = FieldReader(args, at: pointer)
        let target = reader.target()
        var edit = TaskEdit()
        if self == .update {
            reader.require("patch")
            if let patch = reader.value("patch") {
                do {
                    edit = try TaskEdit(patch, at: reader.path("patch"))
                } catch .invalid(let problems) {
                    reader.report(contentsOf: problems)
                }
            }
        }
        try reader.finish()
        guard let target else { throw .notFound(.task) }
        switch self {
        case .create: return .create(try TaskDraft(args, at: pointer))
        case .update: return .edit(target, edit)
        case .complete: return .complete(target)
        case .reopen: return .reopen(target)
        case .delete: return .delete(target)
        case .restore: return .restore(target)
        }
    }
}
