/// Where fields come from: one reader reads them all.
public enum FieldSource: Hashable, Sendable {
    /// A parameter of a query, decoded.
    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The members of an object, and where it lies in the body (RFC 6901).
    case json(JSONValue, at: String)
    /// The parameters of a query: all values are text, and a name stands there once.
    case parameters([Parameter])

    /// Nothing at all.
    public static let nothing = FieldSource.parameters([])
}
