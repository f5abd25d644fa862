/// A call of a tool as clients of a chat see it.
enum ToolCallJSON {
    /// Deeper arguments are not kept: a conversation could not keep them.
    private static let depthMax = 8

    static func of(_ tool: String, _ arguments: JSONObject, _ outcome: ToolOutcome) -> JSONValue {
        let whole = JSONValue.object(arguments)
        return [
            "tool": .string(tool), "tool_name": .string(tool),
            "arguments": whole.isDeeper(than: depthMax) ? [:] : whole,
            "result": outcome.structured,
        ]
    }
}

extension ToolContext {
    /// For the call at a place among those of one message: the same message again makes the same calls.
    func call(_ place: Int) -> ToolContext {
        let once = onceKey.map { "\($0.prefix(Limits.idempotencyKeyLengthMax - 4)) \(place)" }
        return ToolContext(operations: operations, principal: principal, correlation: correlation, onceKey: once)
    }
}

extension JSONValue {
    fileprivate func isDeeper(than depth: Int) -> Bool {
        switch self {
        case .array(let values): depth == 0 || values.contains { $0.isDeeper(than: depth - 1) }
        case .object(let object): depth == 0 || object.members.contains { $0.value.isDeeper(than: depth - 1) }
        default: false
        }
    }

    /// Of the tasks of a result, in their order; those of an agenda too.
    var taskNumbers: [Int] {
        let days = (self["days"]?.array ?? []).flatMap { $0["tasks"]?.array ?? [] }
        let tasks = (self["overdue"]?.array ?? []) + days + (self["tasks"]?.array ?? [])
        return tasks.compactMap { $0["number"]?.integer.map(Int.init) }
    }
}
