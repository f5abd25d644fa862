public import Logging
import Synchronization

/// A Dapr sidecar for tests: an HTTP server that keeps the sidecar's side of the
/// [Dapr API](https://docs.dapr.io/reference/api/), and its bad habits.
///
/// One stands beside each process of ours; all of them share a ``FakeCluster``.
///
/// ```
/// let cluster = FakeCluster(broker: FakeBroker())
/// let sidecar = FakeSidecar(appID: "audit-service", cluster: cluster, options: options)
/// group.addTask { try await sidecar.run() }
/// let port = try await sidecar.port
/// ```
///
/// What code that speaks with a sidecar tends to get wrong, and where it is here:
///
/// 1. Publishing answers 204 and wraps what is no CloudEvent; JSON that can't be read becomes a string; an envelope
///    of the app's own is kept, but for `topic` and `pubsubname`: ``PublishAPI``, ``Envelope``.
/// 2. Events come chunked, without `Content-Length`, with token and record headers; one at a time per partition, and
///    one partition per key: ``AppClient``, ``PartitionLane``, ``Partitioner``.
/// 3. An empty 200 is a success, 404 a drop, an unknown status a retry; in a batch what is not named is a retry:
///    ``DeliveryVerdict``, ``BulkLane``.
/// 4. Events come again: after a timeout although they were handled, after a crash what was not committed, and from
///    two sides at once while partitions move: ``Faults``, ``crash()``,
///    ``FakeBroker/rebalance(group:topic:)``.
/// 5. What keeps failing, and what the app drops, goes to the dead-letter topic. Nothing is lost silently:
///    ``Courier``.
/// 6. `/dapr/subscribe` is asked exactly once, when the app's port is open: ``SubscribeQuestion``.
/// 7. Jobs: 409 for a name that exists, 500 for one that does not, 404 of the app counts as done, missed ticks come in
///    a burst and ticks may come twice, with nothing but their data: ``JobsAPI``, ``JobRunner``.
/// 8. A cron binding ticks on every replica, with an empty body: ``CronRunner``.
/// 9. State: 204 for what is absent; an etag that does not match is 409, but 500 in a transaction: ``StateAPI``.
/// 10. Outbound health comes before the app, full health after it: ``SidecarAPI``.
/// 11. A missing or wrong token is refused with 401 and plain text, except for health: ``SidecarAPI``.
/// 12. At a shutdown deliveries end first, the API lives on for a while: ``shutDown()``.
/// 13. An invoked app is told by the sidecar who calls, whatever the caller has sent, and finds the sidecar at the end
///    of `X-Forwarded-For`: ``InvokeAPI``.
///
/// Not here: gRPC, actors, workflows, output bindings, routing rules, access control between apps, mTLS, and a limit of
/// concurrent callbacks.
public final class FakeSidecar: Sendable {
    /// What `/v1.0/metadata` claims to be.
    public static let runtimeVersion = "1.19.0"

    public let appID: String
    public let faults: Faults
    let cluster: FakeCluster
    let options: SidecarOptions
    let app: AppChannel
    let stop = Stop()
    let consumers = ConsumerList()
    let status = Mutex(Status())
    /// Rings when the port is known.
    let bell = Bell()

    struct Status {
        var port: Int?
        /// Why there is no port and will be none.
        var failure: (any Error)?
        var isAppReady = false
        var subscriptions: [(subscription: Subscription, isDeclared: Bool)] = []
    }

    public init(
        appID: String, cluster: FakeCluster, options: SidecarOptions = SidecarOptions(), faults: Faults = Faults(),
        logger: Logger = FakeSidecar.quietLogger
    ) {
        self.appID = appID
        self.cluster = cluster
        self.options = options
        self.faults = faults
        app = AppChannel(
            client: AppClient(), port: AppPort(options.appPort), token: options.appToken, faults: faults, logger: logger
        )
    }

    /// Says only what is wrong.
    public static var quietLogger: Logger {
        var logger = Logger(label: "fake-sidecar")
        logger.logLevel = .error
        return logger
    }

    /// Where the API listens: waits until it does.
    ///
    /// - Throws: what kept it from listening, or `CancellationError`.
    public var port: Int {
        get async throws {
            while true {
                let count = bell.count
                let (port, failure) = status.withLock { ($0.port, $0.failure) }
                if let failure { throw failure }
                if let port { return port }
                try Task.checkCancellation()
                await bell.wait(past: count)
            }
        }
    }

    /// Tells where the app listens for callbacks. The sidecar tries the port until it is open.
    public func connect(appPort: Int) {
        app.port.current = appPort
    }

    /// Lives until ``shutDown()`` is through. A task that is cancelled ends at once, like a process that is killed:
    /// what was not committed comes again elsewhere.
    public func run() async throws {
        let replica = cluster.apps.enter(app, as: appID)
        defer {
            cluster.apps.leave(replica, of: appID)
            app.client.closeAll()
            status.withLock { $0.failure = $0.failure ?? CancellationError() }
            bell.ring()
        }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.server.run() }
                group.addTask {
                    await self.workUntilStopped()
                    try await Task.sleep(for: self.options.blockTime)
                }
                try await group.next()
                group.cancelAll()
            }
        } catch {
            status.withLock { $0.failure = error }
            throw error
        }
    }

    /// Ends deliveries, jobs and bindings, finishes what is in hand and commits it, keeps the API for the block time,
    /// and then lets ``run()`` return.
    public func shutDown() async {
        stop.set()
    }

    /// Falls and comes back: everything since the last commit is delivered again. What the app has in hand counts no
    /// more, and comes again beside it.
    public func crash() async {
        for consumer in consumers.all { await consumer.restart() }
    }

    /// Commits now instead of with the next interval.
    public func commit() async {
        for consumer in consumers.all { await consumer.commit() }
    }
}
