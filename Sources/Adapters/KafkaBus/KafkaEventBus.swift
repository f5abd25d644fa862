import BlockingThreads
public import ErrandCore
public import EventDelivery

/// The bus over Kafka, for services that run beside each other.
///
/// - Committed events go to the topics of ``ErrandCore/Topic``, in order per key.
/// - Consumers of one role share its partitions as members of a group. What they have done is remembered in the
///   transaction of its effect (``ErrandCore/InboxDelivery``); Kafka's offsets follow, so a record may come again and
///   has its effect once. What a role cannot handle goes to its topic of dead letters and into the store's list of
///   them, from which it can be replayed.
/// - Subscribers read every update, each for itself, from now on.
///
/// Brokers may go and come back: publishing throws meanwhile, consumers and subscribers wait. Everything of librdkafka
/// that blocks runs on threads of its own.
public final class KafkaEventBus: EventBus {
    private let configuration: KafkaConfiguration
    private let environment: Environment
    private let policy: DeliveryPolicy
    private let observer: any EventBusObserver
    private let report: KafkaNotice.Report
    private let publisher: KafkaPublisher

    /// Updates that a subscriber is told of at once.
    private static let updatesMax = 500
    /// How often is looked whether the topic has more partitions.
    private static let partitionsInterval = Duration.seconds(30)
    private static let pauseAfterFailure = Duration.seconds(1)

    /// Makes the producer, whose connections come about in the background: brokers need not be there.
    ///
    /// - Parameters:
    ///   - policy: how many records are fetched at once, and the first pause after a failure. Pauses grow up to ten
    ///     seconds; the number of attempts is unlimited, because only a store that is unavailable leads to them.
    ///   - report: is told what goes wrong with brokers and records; for the log.
    /// - Throws: the settings cannot be used: a file of certificates that holds none, say.
    public init(
        configuration: KafkaConfiguration, environment: Environment, policy: DeliveryPolicy = DeliveryPolicy(),
        observer: any EventBusObserver, report: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaConfigurationError) {
        self.configuration = configuration
        self.environment = environment
        self.policy = policy
        self.observer = observer
        self.report = report
        publisher = KafkaPublisher(configuration, report)
        if configuration.password != nil, !configuration.usesTLS {
            report(KafkaNotice(.warning, "Without TLS others in the network may read what goes to and from Kafka."))
        }
        try publisher.open()
    }

    /// Ends the producer, after what it has is delivered or ten seconds are over. To be called once whoever publishes
    /// has ended; consumers and subscribers end by themselves when they are cancelled.
    public func close() async {
        await publisher.close()
    }

    public func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        try await publisher.publish(events.flatMap { EventMessage.all(of: $0).map { OutgoingRecord($0) } })
    }

    public func run(_ consumer: any EventConsumer) async {
        async let replays: Void = DeadLetterReplay(environment: environment, consumer: consumer).run(observer)
        await GroupConsumption(
            consumer: consumer, environment: environment, configuration: configuration, policy: policy,
            observer: observer, report: report
        ).run()
        await replays
    }

    public func run(_ subscriber: any UpdateSubscriber) async {
        while !Task.isCancelled {
            do throws(KafkaConfigurationError) {
                return await tell(subscriber, of: try UpdateFeed(configuration, report))
            } catch {
                report(KafkaNotice(.error, "Cannot follow updates: \(error)"))
                observer.failed("updates", .unavailable)
                try? await Task.sleep(for: KafkaEventBus.pauseAfterFailure)
            }
        }
    }

    private func tell(_ subscriber: any UpdateSubscriber, of feed: UpdateFeed) async {
        let worker = BlockingWorker(name: "kafka-updates")
        var followed: [Backlog.Position]?
        var lookAt = ContinuousClock.now
        await withTaskCancellationHandler {
            while !Task.isCancelled {
                if ContinuousClock.now >= lookAt {
                    let known = followed
                    if let found = await worker.perform({ feed.follow(known) }) {
                        (followed, lookAt) = (found, .now + KafkaEventBus.partitionsInterval)
                    } else {
                        if followed == nil { observer.failed("updates", .unavailable) }
                        lookAt = .now + KafkaEventBus.pauseAfterFailure
                    }
                }
                let updates = await worker.perform { feed.poll(limit: KafkaEventBus.updatesMax) }
                if !updates.isEmpty { await subscriber.receive(updates) }
            }
        } onCancel: {
            feed.wake()
        }
        await worker.perform { feed.close() }
        await worker.end()
    }
}
