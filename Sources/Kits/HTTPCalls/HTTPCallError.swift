/// Why a call has no answer.
public enum HTTPCallError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address is not one of `http` or `https` that can be called.
    case invalidAddress
    /// It is, or its name has, an address that is not public, and this caller calls nothing else: see ``Reach``.
    case forbiddenAddress
    /// The name has no address, or nobody can be asked for it now.
    case noSuchHost
    /// Nothing listens there, or nothing lets us connect in time: the call has not taken place.
    case notReached
    /// Too many calls are under way: this one has not taken place.
    case busy
    /// The certificate, or the encryption as a whole, is not to be trusted: the call has not taken place.
    case untrusted
    /// The encrypted connection did not come about in time: the call has not taken place.
    case handshakeTimedOut
    /// The other side said nothing for too long, or not everything in time: the call may have taken place.
    case timedOut
    /// The other side closed the connection too early: the call may have taken place.
    case closed
    /// The system reported a failure of the connection: the call may have taken place.
    case disconnected
    /// The answer is larger than the caller reads: the call has taken place.
    case tooLarge
    /// The task was cancelled, or the client closed: the call may have taken place.
    case cancelled
    /// Anything else, such as an answer that is no HTTP: the call may have taken place.
    case failed

    public var description: String {
        switch self {
        case .invalidAddress: "the address cannot be called"
        case .forbiddenAddress: "the address is not a public one"
        case .noSuchHost: "there is no such host"
        case .notReached: "nothing answers there"
        case .busy: "too many calls are under way"
        case .untrusted: "the encrypted connection could not be trusted"
        case .handshakeTimedOut: "the encrypted connection could not be made"
        case .timedOut: "it did not answer in time"
        case .closed: "the connection broke off"
        case .disconnected: "the connection failed"
        case .tooLarge: "the answer is too large"
        case .cancelled: "cancelled"
        case .failed: "the call failed"
        }
    }
}
