/// A value of a JSON file (RFC 8259), as it stands there.
enum JSONNode {
    case null
    case bool(Bool)
    /// As it is written: programs have numbers that are longer than those of this machine.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object(JSONFields)

    /// The text of a string, and of a number, which some programs write where others have text; nil for other values.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .null, .bool, .array, .object: nil
        }
    }

    /// A whole number, also where it stands in quotes or has a fraction of nothing.
    var integer: Int? {
        guard let text else { return nil }
        if let number = Int(text) { return number }
        return Double(text).flatMap { Int(exactly: $0) }
    }

    var number: Double? { text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil } }

    /// Whether it says yes.
    var isTrue: Bool {
        if case .bool(let flag) = self { return flag }
        return false
    }

    /// The values of an array; none for anything else.
    var items: [JSONNode] {
        if case .array(let items) = self { return items }
        return []
    }

    /// The members of an object; none for anything else.
    var fields: JSONFields {
        if case .object(let fields) = self { return fields }
        return JSONFields()
    }

    /// Whether nothing stands there.
    var isEmpty: Bool {
        switch self {
        case .null: true
        case .string(let text): text.trimmed.isEmpty
        case .array(let items): items.isEmpty
        case .object(let fields): fields.members.isEmpty
        case .bool, .number: false
        }
    }

    /// For a person to read, on one line.
    var words: String {
        switch self {
        case .null: "nothing"
        case .bool(let flag): flag ? "yes" : "no"
        case .number(let text), .string(let text): text
        case .array(let items): items.map(\.words).joined(separator: ", ")
        case .object(let fields): fields.members.map { "\($0.name): \($0.value.words)" }.joined(separator: ", ")
        }
    }
}

/// The members of an object, in the order of the file. Of two with the same name the last counts.
struct JSONFields {
    private(set) var members: [(name: String, value: JSONNode)] = []

    mutating func append(_ name: String, _ value: JSONNode) { members.append((name, value)) }

    /// Null where there is none.
    subscript(name: String) -> JSONNode { members.last { $0.name == name }?.value ?? .null }

    /// The text without blanks at its ends; empty where there is none.
    func text(_ name: String) -> String { self[name].text?.trimmed ?? "" }
}
