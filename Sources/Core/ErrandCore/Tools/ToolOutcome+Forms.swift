extension ToolOutcome {
    init(_ result: ToolResult, undoToken: String?) {
        var json = result.json
        if let undoToken { json["undo"] = .string(undoToken) }
        self.init(structured: .object(json), sentence: result.sentence, question: result.question)
    }

    /// - Parameter pointer: which argument the call was at, for errors that name none.
    init(_ error: ErrandError, at pointer: String?) {
        var json: JSONObject = [
            "code": .string(error.code), "title": .string(error.title), "detail": .string(error.detail),
        ]
        var fields = error.fields.map { (name: $0.argumentName, code: $0.code.rawValue, detail: $0.detail) }
        if fields.isEmpty, let pointer {
            fields = [(FieldProblem.argumentName(pointer), error.code, error.detail)]
        }
        if !fields.isEmpty {
            json.append(
                "fields",
                .array(
                    fields.map { field in
                        [
                            "name": .string(field.name), "code": .string(field.code), "detail": .string(field.detail),
                        ]
                    }
                )
            )
        }
        let told = fields.map { $0.name.isEmpty ? $0.detail : "\($0.name): \($0.detail)" }
        let reason = told.isEmpty ? "\(error.title) \(error.detail)" : told.joined(separator: " ")
        self.init(structured: .object(json), sentence: "Nothing was done. \(reason)", isError: true)
    }

    /// As it is kept for calls with the same key.
    func stored(for key: OnceKey) -> StoredReply {
        let body: JSONValue = ["structured": structured, "sentence": .string(sentence)]
        return StoredReply(status: 200, headers: [:], body: body.serialized(), fingerprint: key.fingerprint)
    }

    /// - Throws: ``ErrandError/unavailable`` for what ``stored(for:)`` has not written.
    init(_ reply: StoredReply) throws(ErrandError) {
        guard let json = try? JSONValue.parse(reply.body), let structured = json["structured"],
            let sentence = json["sentence"]?.string
        else { throw .unavailable }
        self.init(structured: structured, sentence: sentence)
    }
}

extension FieldProblem {
    /// The broken argument as people write it: `tasks[2].title`.
    fileprivate var argumentName: String {
        switch place {
        case .body(let pointer): FieldProblem.argumentName(pointer)
        case .parameter(let name): name
        case .line(let line, _): "line \(line)"
        }
    }

    fileprivate static func argumentName(_ pointer: String) -> String {
        var name = ""
        for part in pointer.split(separator: "/") {
            let text = part.replacing("~1", with: "/").replacing("~0", with: "~")
            if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !name.isEmpty {
                name += "[\(text)]"
            } else {
                name += name.isEmpty ? text : ".\(text)"
            }
        }
        return name
    }
}

extension JSONValue {
    /// A task as tools show it: without what is empty, what only programs need, and what is said twice.
    var briefTask: JSONValue {
        let left: Set<String> = [
            "completed", "series_id", "recurring_parent_id", "occurrence", "created_at", "updated_at", "deleted_at",
        ]
        var brief = JSONObject()
        for member in object?.members ?? [] where !left.contains(member.name) {
            switch member.value {
            case .null, .string(""), .array([]): continue
            default: brief.append(member.name, member.value)
            }
        }
        return .object(brief)
    }
}

extension TodoTask {
    /// As a tool answers it.
    var toolJSON: JSONValue { json.briefTask }

    /// As a list of many shows it: of a long description the beginning.
    var toolLine: JSONValue {
        guard case .object(var line) = toolJSON, let text = line["description"]?.string,
            text.count > Limits.toolExcerptLength
        else { return toolJSON }
        line["description"] = .string(text.prefix(Limits.toolExcerptLength) + "…")
        return .object(line)
    }
}
