public import HTTPTypes

/// One request as it goes out.
public struct HTTPCall: Sendable {
    /// In capitals. Default `GET`.
    public var method: String
    /// `http` or `https`, percent-encoded.
    public var url: String
    /// In the order they are sent. `Host` and the length of the body are added.
    public var headers: [(name: String, value: String)]
    /// Nil for none.
    public var body: [UInt8]?

    public init(
        _ url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: [UInt8]? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What came back, of any status, read to its end.
public struct HTTPAnswer: Sendable {
    public let status: Int
    /// Several fields of one name stay several.
    public let headers: HTTPFields
    public let body: [UInt8]
}
