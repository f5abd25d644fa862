public import CivilTime

/// What a destination of one kind is made of: how it is read, what makes it one, what of it may be shown.
///
/// The table ``forms`` is the place that an adapter's needs are written down at; a kind's own row is in
/// `ChannelForm+….swift`.
public struct ChannelForm: Sendable {
    /// Makes a new configuration of one, with another secret that was made for it; the one before is good until an
    /// instant that the configuration says.
    public typealias Rotation =
        @Sendable (_ configuration: JSONObject, _ now: Instant, _ randomBytes: (Int) -> [UInt8]) -> JSONObject

    public let kind: ChannelKind
    /// Reads the members of the kind's own from a request, reports every broken field, and gives what is kept; nil
    /// when a field was broken.
    public let read: @Sendable (_ reader: inout FieldReader) -> JSONObject?
    /// Adds to a new configuration the secrets that are made for it.
    public let completed: @Sendable (JSONObject, _ randomBytes: (Int) -> [UInt8]) -> JSONObject
    /// Replaces the secret; nil where none was made.
    public let rotated: Rotation?
    /// What makes a destination one, of a configuration.
    public let identity: @Sendable (JSONObject) -> String
    /// The host that sends go to, which has a limit of its own; "" for one that all share.
    public let host: @Sendable (JSONObject) -> String
    /// What the owner sees of a configuration: never a secret.
    public let shown: @Sendable (JSONObject) -> JSONObject
    /// Members that are shown once, in the answer to the request that made them: a signing secret.
    public let shownOnce: Set<String>
    /// What a new destination begins with.
    public let initialStatus: ChannelDestination.Status

    public init(
        kind: ChannelKind,
        read: @escaping @Sendable (inout FieldReader) -> JSONObject?,
        completed: @escaping @Sendable (JSONObject, (Int) -> [UInt8]) -> JSONObject = { configuration, _ in
            configuration
        },
        rotated: Rotation? = nil,
        identity: @escaping @Sendable (JSONObject) -> String, host: @escaping @Sendable (JSONObject) -> String,
        shown: @escaping @Sendable (JSONObject) -> JSONObject, shownOnce: Set<String> = [],
        initialStatus: ChannelDestination.Status = .active
    ) {
        self.kind = kind
        self.read = read
        self.completed = completed
        self.rotated = rotated
        self.identity = identity
        self.host = host
        self.shown = shown
        self.shownOnce = shownOnce
        self.initialStatus = initialStatus
    }

    /// The form of a kind; nil for the inbox, which has no destinations.
    public static func of(_ kind: ChannelKind) -> ChannelForm? { forms[kind] }

    private static let forms: [ChannelKind: ChannelForm] = [
        .webPush: .webPush, .email: .email, .webhook: .webhook, .ntfy: .ntfy,
    ]
}
