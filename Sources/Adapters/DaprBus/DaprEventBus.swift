public import ErrandCore
public import EventDelivery
public import Logging

/// The bus over a Dapr sidecar, which has the broker behind it.
///
/// Events go out through the sidecar's HTTP API, and come in through ``DaprRoutes``. Each consumer remembers the
/// events it has handled (`InboxDelivery`), since a sidecar may deliver an event again at any time
/// (<https://docs.dapr.io/developing-applications/building-blocks/pubsub/pubsub-overview/#at-least-once-guarantee>).
public final class DaprEventBus: EventBus {
    private let environment: Environment
    private let observer: any EventBusObserver
    private let publisher: EventPublisher
    let deliveries: Deliveries

    /// - Parameters:
    ///   - environment: whose store the consumers write to.
    ///   - observer: told of every delivery that a consumer acted on.
    ///   - logger: for what the sidecar refuses, and for what is delivered and cannot be read.
    public init(
        environment: Environment, sidecar: Sidecar, configuration: SidecarConfiguration,
        observer: any EventBusObserver, logger: Logger
    ) {
        self.environment = environment
        self.observer = observer
        publisher = EventPublisher(
            sidecar: sidecar, pubsub: configuration.pubsubName, now: environment.now,
            complaints: Complaints(logger: logger, now: environment.now)
        )
        deliveries = Deliveries(environment: environment, observer: observer, logger: logger)
    }

    /// Returns once the sidecar has written all of them. What order is kept, and how, ``PublishQueue`` says.
    ///
    /// - Throws: ``ErrandError/unavailable`` when some were not written, or are not known to be;
    ///   ``ErrandError/cancelled``.
    public func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        try await publisher.publish(events)
    }

    /// Lets `consumer` have what the sidecar delivers on its topics. Once this has returned, deliveries are answered
    /// with "try again", and the sidecar hands them to another replica or to the next process.
    public func run(_ consumer: any EventConsumer) async {
        let registration = deliveries.register(consumer)
        await DeadLetterReplay(environment: environment, consumer: consumer).run(observer)
        deliveries.remove(registration)
    }

    public func run(_ subscriber: any UpdateSubscriber) async {
        let registration = deliveries.register(subscriber)
        await DaprEventBus.untilCancelled()
        deliveries.remove(registration)
    }

    /// The roles whose consumers take deliveries now.
    public var runningRoles: Set<ProcessRole> { Set(deliveries.registered().map(\.role)) }

    private static func untilCancelled() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(3600))
        }
    }
}
