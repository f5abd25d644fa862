import ErrandCore
import EventDelivery
import Synchronization

/// Wakes the loops of all channels, and tells them when it is time to go.
public final class DeliveryBell: Sendable {
    private let bells: [ChannelKind: WakeUp]
    private let stopped = Mutex(false)

    public init() {
        bells = Dictionary(uniqueKeysWithValues: ChannelKind.outside.map { ($0, WakeUp()) })
    }

    /// There may be something to deliver.
    public func ring() {
        for bell in bells.values { bell.ring() }
    }

    /// Nothing new is to be sent.
    public func stop() {
        stopped.withLock { $0 = true }
        ring()
    }

    var isStopped: Bool { stopped.withLock { $0 } }

    func wait(for kind: ChannelKind, atMost pause: Duration) async {
        if isStopped { return }
        await bells[kind]?.wait(atMost: pause)
    }
}
