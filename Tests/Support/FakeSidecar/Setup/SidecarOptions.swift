/// How a sidecar is set up: what its annotations, components and policies say in a cluster.
///
/// Waits are short by default, so that tests of failures are quick.
public struct SidecarOptions: Sendable {
    /// Where the app listens for callbacks; can also be told later with ``FakeSidecar/connect(appPort:)``.
    public var appPort: Int?
    /// What the app must send as `dapr-api-token`. Nil: nothing is asked for.
    public var apiToken: String?
    /// What callbacks carry as `dapr-api-token`. Nil: nothing.
    public var appToken: String?

    public var pubSubs = [PubSubComponent("pubsub")]
    /// Declarative subscriptions; those that the app names come on top.
    public var subscriptions: [Subscription] = []
    public var cronBindings: [CronBinding] = []

    /// The inbound policy of all pub/sub components.
    public var retries = RetryPolicy(maxRetries: 3, pause: .milliseconds(20))
    /// Pause before an event comes again that no policy and no dead-letter topic has taken.
    public var redeliveryPause = Duration.milliseconds(50)
    /// How often offsets are committed. What a crash leaves uncommitted comes again.
    public var commitInterval = Duration.seconds(1)
    /// How a failed callback of a job is repeated that says nothing about it (1 s in Dapr).
    public var jobRetries = RetryPolicy(maxRetries: 3, pause: .milliseconds(100))
    /// How often a call of another app is repeated that could not be connected (1 s in Dapr).
    public var invocationRetries = RetryPolicy(maxRetries: 3, pause: .milliseconds(100))
    /// How long the API outlives the deliveries at a shutdown.
    public var blockTime = Duration.zero
    /// How long a shutdown waits for events in hand.
    public var drainTime = Duration.seconds(5)
    /// How often the app's port is tried.
    public var appPollInterval = Duration.milliseconds(100)

    public init() {}
}

/// How often something that failed is tried again, and how soon.
public struct RetryPolicy: Hashable, Sendable {
    /// Tries after the first one. Nil: without end.
    public var maxRetries: Int?
    public var pause: Duration
    /// Answers that are worth another try. Nil: all. Failures without an answer, and `RETRY`, always are.
    public var retriedStatuses: [ClosedRange<Int>]?

    public init(maxRetries: Int?, pause: Duration, retriedStatuses: [ClosedRange<Int>]? = nil) {
        self.maxRetries = maxRetries
        self.pause = pause
        self.retriedStatuses = retriedStatuses
    }

    /// - Parameter retries: how many there have been.
    func allowsAnother(after retries: Int, status: Int? = nil) -> Bool {
        if let status, let retriedStatuses, !retriedStatuses.contains(where: { $0 ~= status }) { return false }
        return maxRetries.map { retries < $0 } ?? true
    }
}

/// A pub/sub component as one app sees it.
public struct PubSubComponent: Hashable, Sendable {
    /// Who shares the events of a topic.
    public enum Consumers: Hashable, Sendable {
        /// The replicas of the app: each event goes to one of them.
        case app
        /// Nobody: each event goes to every replica (a consumer group per sidecar, `live-…`).
        case everyReplica
        case group(String)
    }

    public var name: String
    public var consumers: Consumers
    public var initialOffset: InitialOffset
    /// Topics that the app may publish to, dead letters included. Nil: all.
    public var publishingScope: Set<String>?

    public init(
        _ name: String, consumers: Consumers = .app, initialOffset: InitialOffset = .oldest,
        publishingScope: Set<String>? = nil
    ) {
        self.name = name
        self.consumers = consumers
        self.initialOffset = initialOffset
        self.publishingScope = publishingScope
    }

    func allows(_ topic: String) -> Bool { publishingScope?.contains(topic) ?? true }
}

/// Where the events of a topic go.
public struct Subscription: Hashable, Sendable {
    public struct Bulk: Hashable, Sendable {
        public var maxMessagesCount: Int
        /// How long a batch waits for more, in milliseconds.
        public var maxAwaitDurationMs: Int

        public init(maxMessagesCount: Int = 80, maxAwaitDurationMs: Int = 10_000) {
            self.maxMessagesCount = maxMessagesCount
            self.maxAwaitDurationMs = maxAwaitDurationMs
        }
    }

    public var pubSub: String
    public var topic: String
    public var route: String
    public var deadLetterTopic: String?
    public var bulk: Bulk?
    /// Records are no events: the app gets an envelope made for it.
    public var isRaw: Bool

    public init(
        pubSub: String = "pubsub", topic: String, route: String, deadLetterTopic: String? = nil, bulk: Bulk? = nil,
        isRaw: Bool = false
    ) {
        self.pubSub = pubSub
        self.topic = topic
        self.route = route
        self.deadLetterTopic = deadLetterTopic
        self.bulk = bulk
        self.isRaw = isRaw
    }
}

/// A `bindings.cron` component.
public struct CronBinding: Hashable, Sendable {
    public var name: String
    /// Path that is called; the name when nil.
    public var route: String?
    public var interval: Duration
    /// `direction: input` is set, so the app is not asked with `OPTIONS` whether it wants the ticks.
    public var isInputOnly: Bool

    public init(_ name: String, route: String? = nil, every interval: Duration, isInputOnly: Bool = true) {
        self.name = name
        self.route = route
        self.interval = interval
        self.isInputOnly = isInputOnly
    }
}
