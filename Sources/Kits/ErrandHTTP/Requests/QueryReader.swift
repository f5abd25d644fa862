public import ErrandCore

/// Reads the parameters of a query string and collects every broken rule, as ``FieldReader`` does for bodies.
public struct QueryReader {
    private var values: [String: String] = [:]
    private var known: Set<String> = []
    private var problems: [FieldProblem] = []

    /// - Parameter query: the part of the URI after `?`, still encoded.
    /// - Throws: ``Problem`` (malformed_request) when an escape is broken or decodes to no text.
    public init(_ query: String?) throws(Problem) {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts[0].percentDecoded(plusIsSpace: true),
                let value = (parts.count > 1 ? parts[1] : "").percentDecoded(plusIsSpace: true)
            else { throw .malformedRequest("The query string is not valid percent-encoded UTF-8.") }
            if values.updateValue(value, forKey: name) != nil {
                report(name, .duplicate, "Is given more than once.")
            }
        }
    }

    public mutating func report(_ name: String, _ code: FieldProblem.Code, _ detail: String) {
        problems.append(FieldProblem(place: .parameter(String(name.prefix(100))), code: code, detail: detail))
    }

    public mutating func string(_ name: String) -> String? {
        known.insert(name)
        return values[name]
    }

    /// A value that `read` understands; `expected` ends the sentence "Must be …".
    public mutating func parsed<T>(_ name: String, expected: String, _ read: (String) -> T?) -> T? {
        guard let text = string(name) else { return nil }
        if let parsed = read(text) { return parsed }
        report(name, .invalidValue, "Must be \(expected).")
        return nil
    }

    public mutating func bool(_ name: String) -> Bool? {
        parsed(name, expected: "true or false") { $0 == "true" ? true : $0 == "false" ? false : nil }
    }

    public mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = string(name) else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            report(name, .wrongType, "Must be a whole number.")
            return nil
        }
        guard range.contains(number) else {
            report(name, .outOfRange, "Must lie between \(range.lowerBound) and \(range.upperBound).")
            return nil
        }
        return number
    }

    /// Values separated by commas, each of which `read` must understand.
    public mutating func list<T>(_ name: String, expected: String, _ read: (String) -> T?) -> [T]? {
        parsed(name, expected: expected) { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let items = parts.compactMap { read(String($0)) }
            return items.count == parts.count ? items : nil
        }
    }

    /// - Throws: ``ErrandError/invalid(_:)`` with all problems, parameters nobody took among them.
    public mutating func finish() throws(ErrandError) {
        for name in values.keys.sorted() where !known.contains(name) {
            report(name, .unknown, "There is no such parameter.")
        }
        if !problems.isEmpty { throw .invalid(problems) }
    }
}
