public import HTTPTypes

/// A request of a client on its way to the API.
public struct PassedRequest: Hashable, Sendable {
    /// Never HEAD: that is GET without the body of the answer.
    public let method: HTTPRequest.Method
    /// Path and query, from `/` on, percent-encoded.
    public let target: String
    /// Without those that belong to the connection or that only proxies may send. What the way itself reserves for its
    /// own use, ``PassOn`` has to take out.
    public let headers: HTTPFields
    /// Empty for none.
    public let body: [UInt8]

    public init(method: HTTPRequest.Method, target: String, headers: HTTPFields, body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// What the API answered.
public struct PassedReply: Hashable, Sendable {
    public let status: HTTPResponse.Status
    public let headers: HTTPFields
    public let body: [UInt8]

    public init(status: HTTPResponse.Status, headers: HTTPFields, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why there is no answer of the API.
public enum PassingError: Error, Hashable, Sendable {
    /// The API cannot be reached, and is worth another try after that time. The request may have been carried out when
    /// the connection broke off under way.
    case unreachable(retryAfter: Duration)
    /// No answer in time. The request may have been carried out.
    case timedOut
    /// It cannot be sent on that way; nothing has happened.
    case unsendable
    /// The API does not let us in, whoever the user is: a setting is wrong.
    case refused
    /// The answer is larger than can be handed on.
    case answerTooLarge
    /// This process stops, or the client has gone.
    case cancelled
}

/// How a request gets to the API. A request that is not idempotent must not be sent twice once it may have arrived.
public typealias PassOn = @Sendable (PassedRequest) async throws(PassingError) -> PassedReply
