public import Foundation

/// What carries a request to the server and its reply back. Tests put their own in its place.
public protocol Transport: Sendable {
    /// - Throws: ``TransportError/unreachable(_:)`` when no reply came, whatever the server did with the request.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportReply

    /// Sends a request whose reply does not end soon.
    ///
    /// - Returns: the status, and the body as it comes.
    func stream(
        _ request: TransportRequest
    ) async throws(TransportError) -> (status: Int, body: any AsyncSequence<Data, any Error> & Sendable)
}

/// One HTTP request as it goes out.
public struct TransportRequest: Equatable, Sendable {
    public let method: Call.Method
    public let url: URL
    /// Names in lower case.
    public let headers: [String: String]
    public let body: Data?
}

/// One HTTP reply, of any status.
public struct TransportReply: Equatable, Sendable {
    public let status: Int
    private let headers: [String: String]
    public let body: Data

    public init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = Dictionary(
            headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }
        )
        self.body = body
    }

    /// The value of a header field; case does not matter.
    public func header(_ name: String) -> String? { headers[name.lowercased()] }
}

/// Why there is no reply.
public enum TransportError: Error, Equatable, Sendable {
    /// The reason in a few words, for a person.
    case unreachable(String)
    case cancelled
}
