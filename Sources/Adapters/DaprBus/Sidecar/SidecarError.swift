import ErrandCore

/// Why the sidecar did not do what it was asked for.
public enum SidecarError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing listens there: the call has not taken place.
    case notRunning
    /// All connections there may be were in use for too long: the call has not taken place.
    case busy
    /// The connection broke off: the call may have taken place.
    case disconnected
    /// No answer in time: the call may have taken place.
    case timedOut
    /// It answered with a failure.
    case refused(SidecarRefusal)
    /// Its answer is not what its API promises.
    case unreadable
    /// Its answer is larger than ``Sidecar/replyBytesMax``: the call has taken place.
    case tooLarge
    /// The value is another by now.
    case conflict
    /// Calls to that app failed again and again, so it is left alone for a while.
    case circuitOpen
    /// The call cannot be made: the sentence says why.
    case invalidCall(String)
    /// The task was cancelled while it waited, or the sidecar closed: the call may have taken place.
    case cancelled

    public var description: String {
        switch self {
        case .notRunning: "nothing listens on the sidecar's port"
        case .busy: "too many calls of the sidecar are under way"
        case .disconnected: "the connection to the sidecar broke off"
        case .timedOut: "the sidecar did not answer in time"
        case .refused(let refusal): refusal.description
        case .unreadable: "the sidecar's answer cannot be read"
        case .tooLarge: "the answer is too large"
        case .conflict: "the value has been changed meanwhile"
        case .circuitOpen: "the other app has failed too often lately"
        case .invalidCall(let reason): reason
        case .cancelled: "cancelled"
        }
    }

    /// Whether the same call may succeed shortly. One that timed out has waited long enough.
    var mayPass: Bool {
        switch self {
        case .notRunning, .disconnected: true
        case .refused(let refusal): refusal.status == 429 || refusal.status >= 500
        default: false
        }
    }

    /// Whether the cause is in the settings of sidecar or component, so that trying again soon is in vain.
    var isConfigurationFault: Bool {
        guard case .refused(let refusal) = self else { return false }
        return [400, 401, 403, 404].contains(refusal.status)
    }
}

/// A failure that the sidecar answered with
/// (<https://docs.dapr.io/reference/errors/>): JSON with a code where it comes from an API, else plain text.
public struct SidecarRefusal: Hashable, Sendable, CustomStringConvertible {
    /// Longer messages are cut.
    static let messageLengthMax = 200

    public let status: Int
    /// `ERR_PUBSUB_NOT_FOUND` and the like; nil in plain text.
    public let code: String?
    /// The reason of the details (`DAPR_PUBSUB_NOT_FOUND`), which newer versions show in place of the code.
    public let reason: String?
    /// In the words of the sidecar, for the log.
    public let message: String

    init(status: Int, body: [UInt8]) {
        self.status = status
        let json = try? JSONValue.parse(body)
        code = json?["errorCode"]?.string
        reason = json?["details"]?.array?.lazy.compactMap { $0["reason"]?.string }.first
        let text = json?["message"]?.string ?? (json == nil ? String(decoding: body, as: UTF8.self) : "")
        message = String(text.prefix(SidecarRefusal.messageLengthMax).filter { !$0.isNewline })
    }

    /// Whether code or reason is one of `names`.
    func isAny(of names: Set<String>) -> Bool {
        [code, reason].contains { $0.map(names.contains) ?? false }
    }

    public var description: String {
        let name = code ?? reason
        return "the sidecar answered \(status)" + (name.map { " \($0)" } ?? "")
            + (message.isEmpty ? "" : ": \(message)")
    }
}
