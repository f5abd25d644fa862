/// How much of one kind of channel happens at once, so that a dead one slows no other.
public struct ChannelPace: Hashable, Sendable {
    /// Sends of the kind at once in one process.
    public var concurrency: Int
    /// Sends to the same host at once in one process.
    public var concurrencyPerHost: Int
    /// What a send may take.
    public var timeLimit: Duration
    /// How long others wait for a process that says nothing about what it sends. Far above what a healthy database
    /// takes and clocks differ by; far below what a person waits for. Renewed at a third of it, for as long as a send
    /// takes.
    public var lease = Duration.seconds(10)

    public init(concurrency: Int, concurrencyPerHost: Int, timeLimit: Duration) {
        self.concurrency = concurrency
        self.concurrencyPerHost = concurrencyPerHost
        self.timeLimit = timeLimit
    }

    /// The hosts of push services are few, and fast; servers of users are many, and may be slow.
    public static func standard(for kind: ChannelKind) -> ChannelPace {
        switch kind {
        case .inApp: ChannelPace(concurrency: 1, concurrencyPerHost: 1, timeLimit: .seconds(5))
        case .webPush: ChannelPace(concurrency: 64, concurrencyPerHost: 32, timeLimit: .seconds(10))
        case .email: ChannelPace(concurrency: 8, concurrencyPerHost: 8, timeLimit: .seconds(30))
        case .webhook: ChannelPace(concurrency: 64, concurrencyPerHost: 8, timeLimit: .seconds(10))
        case .ntfy: ChannelPace(concurrency: 64, concurrencyPerHost: 16, timeLimit: .seconds(10))
        }
    }
}
