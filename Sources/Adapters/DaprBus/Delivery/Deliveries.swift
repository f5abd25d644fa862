import ErrandCore
import EventDelivery
import Logging
import Synchronization

/// What the sidecar is told of an event
/// (<https://docs.dapr.io/reference/api/pubsub_api/#expected-http-response>).
enum DeliveryStatus: String, Sendable {
    case success = "SUCCESS"
    case retry = "RETRY"
    /// Given up, and put on the dead-letter topic if the subscription has one.
    case drop = "DROP"

    init(_ outcome: InboxDelivery.Outcome) {
        self =
            switch outcome {
            case .done: .success
            case .retry: .retry
            case .deadLetter: .drop
            }
    }
}

/// Hands what the sidecar delivers to those who are registered for it.
final class Deliveries: Sendable {
    /// Who is registered: for taking it back.
    struct Registration: Hashable, Sendable {
        fileprivate let number: Int
    }

    private enum Listener: Sendable {
        case consumer(any EventConsumer, InboxDelivery)
        case subscriber(any UpdateSubscriber)

        var role: ProcessRole {
            switch self {
            case .consumer(let consumer, _): consumer.role
            case .subscriber: .websocketService
            }
        }

        var topics: [Topic] {
            switch self {
            case .consumer(let consumer, _): consumer.topics
            case .subscriber: [.taskUpdates]
            }
        }
    }

    private struct State {
        var listeners: [(number: Int, listener: Listener)] = []
        var count = 0
    }

    private let environment: Environment
    private let observer: any EventBusObserver
    private let logger: Logger
    private let state = Mutex(State())

    init(environment: Environment, observer: any EventBusObserver, logger: Logger) {
        self.environment = environment
        self.observer = observer
        self.logger = logger
    }

    func register(_ consumer: any EventConsumer) -> Registration {
        register(.consumer(consumer, InboxDelivery(environment: environment, consumer: consumer)))
    }

    func register(_ subscriber: any UpdateSubscriber) -> Registration {
        register(.subscriber(subscriber))
    }

    private func register(_ listener: Listener) -> Registration {
        state.withLock { state in
            state.count += 1
            state.listeners.append((state.count, listener))
            return Registration(number: state.count)
        }
    }

    func remove(_ registration: Registration) {
        state.withLock { $0.listeners.removeAll { $0.number == registration.number } }
    }

    /// The roles that are registered, and for which topics, in the order of their declaration.
    func registered() -> [(role: ProcessRole, topics: [Topic])] {
        let listeners = state.withLock { $0.listeners.map(\.listener) }
        return ProcessRole.allCases.compactMap { role in
            let topics = listeners.filter { $0.role == role }.flatMap(\.topics)
            return topics.isEmpty ? nil : (role, Topic.allCases.filter(topics.contains))
        }
    }

    /// Hands a CloudEvent to everybody who is registered for its topic. Those who had it before do nothing.
    func deliver(_ cloudEvent: JSONValue, on topic: Topic) async -> DeliveryStatus {
        let listeners = state.withLock { $0.listeners.map(\.listener) }.filter { $0.topics.contains(topic) }
        guard !listeners.isEmpty else { return .retry }
        var statuses: Set<DeliveryStatus> = []
        for listener in listeners {
            switch listener {
            case .consumer(let consumer, let delivery):
                statuses.insert(await deliver(cloudEvent, on: topic, to: consumer, delivery))
            case .subscriber(let subscriber):
                do throws(ErrandError) {
                    await subscriber.receive([try StoredEvent(update: cloudEvent)])
                    statuses.insert(.success)
                } catch {
                    complain(of: cloudEvent, on: topic, Deliveries.reason(error))
                    statuses.insert(.drop)
                }
            }
        }
        if statuses.contains(.retry) { return .retry }
        return statuses.contains(.drop) ? .drop : .success
    }

    /// Notes an event that the sidecar has put on the topic of dead letters, for every consumer that has neither
    /// handled nor refused it: the sidecar does so too when it was told to try again too often.
    func note(givenUp cloudEvent: JSONValue) async -> DeliveryStatus {
        // Without an id there is nothing to replay. It stays on its topic.
        guard let id = cloudEvent["id"]?.string.flatMap({ EventID($0) }) else { return .success }
        var status = DeliveryStatus.success
        for case .consumer(_, let delivery) in state.withLock({ $0.listeners.map(\.listener) })
        where await delivery.note(givenUp: id, because: Deliveries.gaveUp) == .retry {
            status = .retry
        }
        return status
    }

    private static let gaveUp = "The sidecar gave it up after too many tries; see the log."

    /// Something came that is not one of our events.
    func complain(of cloudEvent: JSONValue?, on topic: Topic, _ reason: String) {
        var metadata: Logger.Metadata = ["topic": .string(topic.rawValue), "reason": .string(reason)]
        if let id = cloudEvent?["id"]?.string.flatMap({ EventID($0) }) {
            metadata["event_id"] = .string(id.description)
        }
        logger.error("What the sidecar delivered cannot be read: it goes to the dead letters", metadata: metadata)
    }

    private func deliver(
        _ cloudEvent: JSONValue, on topic: Topic, to consumer: any EventConsumer, _ delivery: InboxDelivery
    ) async -> DeliveryStatus {
        let startedAt = environment.now()
        let (event, outcome) = await delivery.deliver(cloudEvent: cloudEvent)
        guard let event else {
            if case .deadLetter(let reason) = outcome { complain(of: cloudEvent, on: topic, reason) }
            return DeliveryStatus(outcome)
        }
        if let types = consumer.types, !types.contains(event.type) { return .success }
        var report = DeliveryReport(consumer.role)
        switch outcome {
        case .done: report.handled = [event]
        case .retry:
            report.failure = DeliveryReport.Failure(event: event, reason: "The database cannot answer.", attempts: 1)
        case .deadLetter(let reason):
            report.deadLetters = [DeliveryReport.Failure(event: event, reason: reason, attempts: 1)]
        }
        (report.startedAt, report.finishedAt) = (startedAt, environment.now())
        observer.delivered(report)
        return DeliveryStatus(outcome)
    }

    private static func reason(_ error: ErrandError) -> String {
        if case .malformedEvent(let reason) = error { reason } else { "\(error)" }
    }
}
