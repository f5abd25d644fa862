/// The arguments of a call, read as generously as models write them: under the names that the tool has for them, and
/// without those that are not a model's to give.
struct ModelArguments: Sendable {
    private(set) var object: JSONObject
    /// Whether the model says that the user agrees. It cannot know.
    private(set) var claimsConsent = false

    enum Failure: Error {
        case notJSON, notAnObject, tooLong
    }

    /// - Parameter text: JSON, perhaps JSON in a JSON string; empty for none.
    init(_ text: String, of tool: Tool) throws(Failure) {
        guard text.utf8.count <= Limits.modelArgumentBytesMax else { throw .tooLong }
        var value = try ModelArguments.parse(text)
        if let inner = value.string { value = try ModelArguments.parse(inner) }
        guard value == .null || value.object != nil else { throw .notAnObject }
        object = [:]
        for member in (value.object ?? [:]).members where member.name != "confirm" {
            var inner = member.value
            if member.name == "tasks", let items = inner.array {
                inner = .array(items.map { $0.object.map { .object(ModelArguments.renamed($0, tool)) } ?? $0 })
            }
            object[tool.renames[member.name] ?? member.name] = inner
        }
        claimsConsent = value["confirm"] == true || value["confirm"] == "true"
        for name in ModelTools.hidden where name != "user_id" { object[name] = nil }
    }

    init(_ object: JSONObject) {
        self.object = object
    }

    private static func parse(_ text: String) throws(Failure) -> JSONValue {
        if text.allSatisfy(\.isWhitespace) { return [:] }
        do {
            return try JSONValue.parse(text)
        } catch {
            throw .notJSON
        }
    }

    private static func renamed(_ item: JSONObject, _ tool: Tool) -> JSONObject {
        var renamed = JSONObject()
        for member in item.members where !ModelTools.hidden.contains(member.name) {
            renamed[tool.renames[member.name] ?? member.name] = member.value
        }
        return renamed
    }

    /// The call itself, and each of several in it.
    var parts: [JSONObject] { [object] + (object["tasks"]?.array ?? []).compactMap(\.object) }

    /// The tasks that are named, as they are named.
    var references: [JSONValue] {
        parts.flatMap { part in
            [part["task_id"]].compactMap { $0 } + (part["task_ids"].map { $0.array ?? [$0] } ?? [])
        }
    }

    /// Everything that may say a date.
    var dates: [String] {
        let names = [
            "due_date", "at", "due_from", "due_to", "due_before", "due_after", "from", "to", "filter", "recurrence",
            "reminders", "due",
        ]
        return parts.flatMap { part in names.flatMap { part[$0]?.texts ?? [] } }
    }

    /// Changes one argument wherever it stands.
    mutating func change(_ name: String, _ change: (JSONValue) -> JSONValue) {
        if let value = object[name] { object[name] = change(value) }
        guard let items = object["tasks"]?.array else { return }
        object["tasks"] = .array(
            items.map { item in
                guard var part = item.object, let value = part[name] else { return item }
                part[name] = change(value)
                return .object(part)
            }
        )
    }

    mutating func change(adding name: String, _ value: JSONValue) { object[name] = value }

    /// What a user has to know before they agree: everything but which tasks.
    var details: [String] {
        parts.flatMap { part in
            part.members.compactMap { member in
                switch member.name {
                case "task_id", "task_ids", "tasks", "token", "user_id", "scope": nil
                default: "\(member.name): \(member.value.string ?? member.value.text)".clipped(to: 200)
                }
            }
        }
    }
}

extension JSONValue {
    /// All texts in it.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let values): values.flatMap(\.texts)
        case .object(let object): object.members.flatMap(\.value.texts)
        default: []
        }
    }
}

extension String {
    fileprivate func clipped(to length: Int) -> String { count > length ? prefix(length) + "…" : self }
}
