/// How events are handed to a consumer.
public struct DeliveryPolicy: Hashable, Sendable {
    /// Events in one transaction.
    public var batchSize = 200
    /// An event that has failed this often is put aside.
    public var attemptsMax = 5
    /// Pause after the first failure; every further one is four times as long.
    public var firstPause = Duration.milliseconds(100)

    public init() {}

    /// How long to wait after the event has failed `attempts` times.
    package func pause(afterAttempts attempts: Int) -> Duration {
        firstPause * (1 << (2 * min(max(attempts - 1, 0), 10)))
    }
}
