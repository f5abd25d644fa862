/// A way to reach a person. What is sent over one kind has a queue, a pace and an adapter of its own.
public enum ChannelKind: String, CaseIterable, Hashable, Sendable {
    /// The inbox of the page and the command line: always there, no destination of its own.
    case inApp = "in_app"
    /// A browser or a device (RFC 8030).
    case webPush = "web_push"
    case email
    /// A server of the user's that is called over HTTP.
    case webhook
    /// A topic of a server that passes messages on to telephones.
    case ntfy

    /// Those that leave this program, over destinations that a user adds.
    public static let outside: [ChannelKind] = allCases.filter { $0 != .inApp }

    /// As sentences say it.
    public var words: String {
        switch self {
        case .inApp: "the inbox"
        case .webPush: "push"
        case .email: "e-mail"
        case .webhook: "webhook"
        case .ntfy: "ntfy"
        }
    }
}
