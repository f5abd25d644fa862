public import ErrandCore

/// The part of an address after `?`.
public enum QueryString {
    /// Names and values, decoded, in the order in which they stand.
    ///
    /// - Parameter text: still encoded; nil for none.
    /// - Throws: ``Problem`` (malformed_request) when an escape is broken or decodes to no text.
    public static func parameters(_ text: String?) throws(Problem) -> [FieldSource.Parameter] {
        var parameters: [FieldSource.Parameter] = []
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts[0].percentDecoded(plusIsSpace: true),
                let value = (parts.count > 1 ? parts[1] : "").percentDecoded(plusIsSpace: true)
            else { throw .malformedRequest("The query string is not valid percent-encoded UTF-8.") }
            parameters.append(FieldSource.Parameter(name: name, value: value))
        }
        return parameters
    }
}

extension FieldReader {
    /// Reads the parameters of a query string.
    ///
    /// - Throws: ``Problem`` (malformed_request) when an escape is broken or decodes to no text.
    public init(_ query: String?) throws(Problem) {
        self.init(.parameters(try QueryString.parameters(query)))
    }
}
