public import CivilTime

/// One place at which a user can be reached over a channel: a browser, an address, the URL of a server.
public struct ChannelDestination: Hashable, Sendable {
    public enum Status: String, CaseIterable, Sendable {
        case active
        /// Whose it is has not been shown yet: nothing is sent there but what verifies it.
        case unverified
        /// The last sends failed, or it was refused in a way that only its owner can repair. Is tried all the same.
        case failing
        /// Its server says that it is no more. Ends for good; subscribing or adding it again brings it back.
        case gone
        /// Its owner wants nothing there for now.
        case disabled
    }

    /// What became of the last send.
    public struct LastResult: Hashable, Sendable {
        public let at: Instant
        public let succeeded: Bool
        /// A short sentence of ours; nil for success without more to say.
        public let reason: String?

        public init(at: Instant, succeeded: Bool, reason: String?) {
            self.at = at
            self.succeeded = succeeded
            self.reason = reason
        }
    }

    public let id: DestinationID
    public let ownerID: UserID
    public let kind: ChannelKind
    /// What its owner calls it, "Firefox on the laptop" say. At most ``Limits/destinationNameLengthMax``.
    public var name: String
    /// Whatever the adapter of the kind needs, secrets included; see ``ChannelForm``. Never shown as it is.
    public var configuration: JSONObject
    /// What makes it one: another destination of the same kind and owner has another one (an endpoint, an address).
    public let identity: String
    public var status: Status
    /// Sends that failed in a row.
    public var failures: Int
    public var lastResult: LastResult?
    public let createdAt: Instant

    package init(
        id: DestinationID, ownerID: UserID, kind: ChannelKind, name: String, configuration: JSONObject,
        identity: String, status: Status, failures: Int = 0, lastResult: LastResult? = nil, createdAt: Instant
    ) {
        self.id = id
        self.ownerID = ownerID
        self.kind = kind
        self.name = name
        self.configuration = configuration
        self.identity = identity
        self.status = status
        self.failures = failures
        self.lastResult = lastResult
        self.createdAt = createdAt
    }

    /// That sends go to; "" where all destinations of the kind share one.
    public var host: String { ChannelForm.of(kind)?.host(configuration) ?? "" }
}
