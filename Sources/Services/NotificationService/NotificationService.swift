public import ErrandCore
public import EventDelivery

/// The notification-service. Owns the inboxes, and what leaves for people and their programs.
public struct NotificationService: Sendable {
    private let bus: any EventBus
    private let loops: [DeliveryLoop]
    private let bell: DeliveryBell
    private let observer: any DeliveryObserver

    /// - Parameters:
    ///   - channels: at most one of a kind; what goes over the other kinds fails, and says that they are not set up.
    ///   - clock: waits, for the time limits of sends.
    ///   - bell: is rung when there may be something to deliver, and stopped before the end.
    public init(
        bus: any EventBus, environment: Environment, channels: [any NotificationChannel], clock: any Clock<Duration>,
        bell: DeliveryBell, observer: any DeliveryObserver
    ) {
        self.bus = bus
        self.bell = bell
        self.observer = observer
        loops = ChannelKind.outside.map { kind in
            let channel = channels.first { $0.kind == kind } ?? MissingChannel(kind: kind)
            return DeliveryLoop(
                environment: environment, channel: channel, pace: .standard(for: kind), clock: clock
            )
        }
    }

    /// Puts what events tell into inboxes and on its way, until the task is cancelled.
    public func consume() async {
        await bus.run(ReminderConsumer())
    }

    /// Sends what is on its way, until the bell is stopped or the task is cancelled. Kinds share nothing.
    public func deliver() async {
        await withTaskGroup { group in
            for loop in loops { group.addTask { await loop.run(bell, observer) } }
        }
    }
}

/// Stands for a kind of channel that the operator has not set up.
struct MissingChannel: NotificationChannel {
    let kind: ChannelKind

    func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        .misconfigured(reason: "This server is not set up to send over \(kind.words).")
    }
}
