/// Where a task is to stand in the order that people make by hand, by its neighbour there.
public enum ManualPlace: Hashable, Sendable {
    /// Right behind that task; nil for the very top.
    case after(TaskReference?)
    /// Right before that task; nil for the end of those that have a place.
    case before(TaskReference?)

    /// Reads `{after}` or `{before}`: the id or number of a task, or `null`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        let (after, before) = (reader.neighbour("after"), reader.neighbour("before"))
        switch (reader.contains("after"), reader.contains("before")) {
        case (true, true): reader.report("before", .excluded, "Cannot be given together with after.")
        case (false, false): reader.report("after", .required, "Give after, or before.")
        default: break
        }
        try reader.finish()
        self = reader.contains("after") ? .after(after) : .before(before)
    }

    /// The neighbour, if one is named, and the field that names it.
    var neighbour: (field: String, reference: TaskReference?) {
        switch self {
        case .after(let reference): ("after", reference)
        case .before(let reference): ("before", reference)
        }
    }
}

extension FieldReader {
    fileprivate mutating func neighbour(_ name: String) -> TaskReference? {
        switch value(name) {
        case nil, .null?: return nil
        case .integer(let number)? where number > 0: return .number(number)
        case .string(let text)?:
            if let id = TaskID(text) { return .id(id) }
            fallthrough
        default:
            report(name, .invalidValue, "Must be the id or number of a task, or null.")
            return nil
        }
    }
}
