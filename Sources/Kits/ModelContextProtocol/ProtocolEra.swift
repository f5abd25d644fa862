public import ErrandCore

/// Which of its two lives a message of the Model Context Protocol belongs to: until 2025 a client opened a conversation
/// with `initialize`; since 2026-07-28 every request says of itself all that a server has to know.
public enum ProtocolEra: Hashable, Sendable {
    case legacy(version: String)
    case modern

    /// Revisions that are spoken since 2026, the newest last.
    public static let modernVersions = ["2026-07-28"]
    /// Revisions that begin with a handshake, the newest last.
    public static let legacyVersions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
    /// What a client is offered that asks for a revision that nobody knows.
    static let legacyLatest = "2025-11-25"
    /// What a client speaks over HTTP that does not say.
    static let legacyAssumed = "2025-03-26"

    public var isModern: Bool { self == .modern }
}

/// What a request is answered under: a text or a number, never null.
public enum MessageID: Hashable, Sendable {
    case text(String)
    case number(Int64)

    /// - Returns: nil for what is no id.
    public init?(_ json: JSONValue?) {
        switch json {
        case .string(let text)?: self = .text(text)
        case .integer(let number)?: self = .number(number)
        default: return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .integer(number)
        }
    }
}

/// Names of members in `_meta` that the protocol has set.
enum MetaKey {
    static let version = "io.modelcontextprotocol/protocolVersion"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"
    static let serverInfo = "io.modelcontextprotocol/serverInfo"
    static let subscription = "io.modelcontextprotocol/subscriptionId"
    static let logLevel = "io.modelcontextprotocol/logLevel"
    static let progressToken = "progressToken"
}
