/// Reads the members of a JSON object, or the parameters of a query, and collects every broken rule instead of
/// stopping at the first.
///
/// Take each known field once, then call ``finish()``: it reports fields that nobody took and throws
/// when there was any problem. Values taken before that may be stand-ins and must not be used.
public struct FieldReader {
    private let object: JSONObject
    /// Where the object lies in the body; nil for parameters.
    private let pointer: String?
    private var known: Set<String> = []
    public private(set) var problems: [FieldProblem] = []

    /// - Parameters:
    ///   - value: must be an object; anything else is reported at `pointer`.
    ///   - pointer: where the object lies in the body, "" for the whole of it.
    public init(_ value: JSONValue, at pointer: String = "") {
        self.pointer = pointer
        if case .object(let object) = value {
            self.object = object
        } else {
            self.object = JSONObject()
            problems.append(
                FieldProblem(place: .body(pointer), code: .wrongType, detail: "Must be a JSON object.")
            )
        }
    }

    public init(_ source: FieldSource) {
        switch source {
        case .json(let value, let pointer): self.init(value, at: pointer)
        case .parameters(let parameters): self.init(parameters)
        }
    }

    private init(_ parameters: [FieldSource.Parameter]) {
        pointer = nil
        var values: [String: String] = [:]
        for parameter in parameters where values.updateValue(parameter.value, forKey: parameter.name) != nil {
            problems.append(
                FieldProblem(
                    place: .parameter(FieldReader.shown(parameter.name)), code: .duplicate,
                    detail: "Is given more than once."
                )
            )
        }
        var object = JSONObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { object.append(name, .string(value)) }
        self.object = object
    }

    /// Whether every value is text, as in a query.
    private var isText: Bool { pointer == nil }

    public func contains(_ name: String) -> Bool { object[name] != nil }

    /// The field as it is, or nil when it is absent. `null` is a value.
    public mutating func value(_ name: String) -> JSONValue? {
        known.insert(name)
        return object[name]
    }

    /// Reports that a field which must be there is not.
    public mutating func require(_ name: String) {
        if object[name] == nil { report(name, .required, "Is required.") }
    }

    public mutating func report(_ name: String, _ code: FieldProblem.Code, _ detail: String) {
        problems.append(FieldProblem(place: place(name), code: code, detail: detail))
    }

    /// Reports a problem of one item of a list.
    public mutating func report(item index: Int, of name: String, _ code: FieldProblem.Code, _ detail: String) {
        problems.append(FieldProblem(place: .body("\(path(name))/\(index)"), code: code, detail: detail))
    }

    public mutating func report(contentsOf others: [FieldProblem]) {
        problems += others
    }

    /// JSON Pointer of a field of this object (RFC 6901 §3: `~` and `/` escaped).
    public func path(_ name: String) -> String {
        var escaped = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\(pointer ?? "")/\(escaped)"
    }

    private func place(_ name: String) -> FieldProblem.Place {
        pointer == nil ? .parameter(FieldReader.shown(name)) : .body(path(name))
    }

    /// As much of a name that somebody has sent as is told back.
    private static func shown(_ name: String) -> String { String(name.prefix(100)) }

    /// The fields that nobody has taken so far, as an object of their own; they count as taken then.
    ///
    /// - Parameter names: the only ones that are meant; nil for all.
    mutating func rest(only names: Set<String>? = nil) -> JSONObject {
        var rest = JSONObject()
        for member in object.members where !known.contains(member.name) && names?.contains(member.name) ?? true {
            rest.append(member.name, member.value)
            known.insert(member.name)
        }
        return rest
    }

    /// Reports every field that nobody has taken.
    public mutating func reportUnknown() {
        for member in object.members where !known.contains(member.name) {
            report(
                FieldReader.shown(member.name), .unknown,
                pointer == nil ? "There is no such parameter." : "There is no such field."
            )
        }
    }

    public mutating func finish() throws(ErrandError) {
        reportUnknown()
        if !problems.isEmpty { throw .invalid(problems) }
    }
}

extension FieldReader {
    public mutating func bool(_ name: String) -> Bool? {
        if isText { return parsed(name, expected: "true or false") { ["true": true, "false": false][$0] } }
        switch value(name) {
        case nil: return nil
        case .bool(let flag)?: return flag
        default:
            report(name, .wrongType, "Must be true or false.")
            return nil
        }
    }

    public mutating func integer(_ name: String) -> Int64? {
        switch value(name) {
        case nil: return nil
        case .integer(let number)?: return number
        case .string(let text)? where isText && !text.isEmpty && text.utf8.allSatisfy({ (0x30...0x39).contains($0) }):
            if let number = Int64(text) { return number }
            fallthrough
        default:
            report(name, .wrongType, "Must be a whole number.")
            return nil
        }
    }

    /// A whole number within `range`.
    public mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let number = integer(name) else { return nil }
        guard let number = Int(exactly: number), range.contains(number) else {
            report(name, .outOfRange, "Must lie between \(range.lowerBound) and \(range.upperBound).")
            return nil
        }
        return number
    }

    /// Texts, each of which `read` must understand: separated by commas, or as a list.
    public mutating func list<T>(_ name: String, expected: String, _ read: (String) -> T?) -> [T]? {
        let texts: [String?]
        switch value(name) {
        case nil: return nil
        case .string(let text)?: texts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        case .array(let items)?: texts = items.map(\.string)
        default: texts = [nil]
        }
        let items = texts.compactMap { $0.flatMap(read) }
        if items.count == texts.count { return items }
        report(name, .invalidValue, "Must be \(expected).")
        return nil
    }

    /// A string as it was sent, without any rule about its content.
    public mutating func string(_ name: String) -> String? {
        switch value(name) {
        case nil: return nil
        case .string(let text)?: return text
        default:
            report(name, .wrongType, "Must be a string.")
            return nil
        }
    }

    /// A string that `read` understands; `expected` ends the sentence "Must be …".
    public mutating func parsed<T>(_ name: String, expected: String, _ read: (String) -> T?) -> T? {
        guard let text = string(name) else { return nil }
        if let parsed = read(text) { return parsed }
        report(name, .invalidValue, "Must be \(expected).")
        return nil
    }

    /// One line of text under `rule`, trimmed.
    public mutating func text(_ name: String, _ rule: TextRule) -> String? {
        guard let text = string(name) else { return nil }
        switch rule.apply(to: text) {
        case .success(let valid): return valid
        case .failure(let violation):
            report(name, violation.code, violation.detail)
            return nil
        }
    }
}
