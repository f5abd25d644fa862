import CivilTime
import ErrandCore
import Logging
import Synchronization

/// Publishes committed events through the sidecar.
final class EventPublisher: Sendable {
    /// How often in a row a portion may fail in part before the relay is to come again.
    static let attemptsMax = 3
    private static let pause = Duration.milliseconds(50)
    /// How long events go out one by one after the sidecar did not know bulks.
    static let singlesFor = Duration.minutes(1)

    private let sidecar: Sidecar
    private let pubsub: String
    private let now: @Sendable () -> Instant
    private let complaints: Complaints
    private let singlesUntil = Mutex<Instant?>(nil)

    init(
        sidecar: Sidecar, pubsub: String, now: @escaping @Sendable () -> Instant, complaints: Complaints
    ) {
        self.sidecar = sidecar
        self.pubsub = pubsub
        self.now = now
        self.complaints = complaints
    }

    /// Topics go at once, for nothing is promised across them.
    func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        var messages: [Topic: [OutgoingEvent]] = [:]
        for message in events.flatMap(EventMessage.all) {
            messages[message.topic, default: []].append(OutgoingEvent(message))
        }
        let error = await withTaskGroup(of: ErrandError?.self) { group in
            for (topic, messages) in messages {
                group.addTask {
                    do throws(ErrandError) {
                        try await self.publish(messages, on: topic)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var first: ErrandError?
            for await error in group { first = first ?? error }
            return first
        }
        if let error { throw error }
    }

    private func publish(_ events: [OutgoingEvent], on topic: Topic) async throws(ErrandError) {
        var queue = PublishQueue(events, isOncePerKey: !topic.carriesItsOrder)
        var failures = 0
        while case let portion = queue.next(), !portion.isEmpty {
            if Task.isCancelled { throw .cancelled }
            let failed: Set<String>
            do throws(SidecarError) {
                failed = try await send(portion, on: topic)
            } catch .cancelled {
                // Some may be written; they are published again.
                throw .cancelled
            } catch {
                report(error, topic)
                throw .unavailable
            }
            queue.settle(failed: failed)
            if failed.isEmpty {
                failures = 0
                continue
            }
            failures += 1
            guard failures < EventPublisher.attemptsMax else {
                complaints.log(
                    .warning, "The sidecar could not write all events",
                    ["topic": .string(topic.rawValue), "failed": "\(failed.count)"]
                )
                throw .unavailable
            }
            // The first time at once: most failures are over by then.
            if failures > 1 { try? await Task.sleep(for: EventPublisher.pause) }
        }
    }

    /// - Returns: the ids of those that were not written.
    private func send(_ portion: [OutgoingEvent], on topic: Topic) async throws(SidecarError) -> Set<String> {
        if let end = singlesUntil.withLock({ $0 }), now() < end { return try await sendSingly(portion, on: topic) }
        do throws(SidecarError) {
            return try await sidecar.publish(bulk: portion.map(\.event), to: topic.rawValue, of: pubsub)
        } catch {
            guard error.meansNoBulk else { throw error }
            complaints.log(.warning, "The sidecar knows no bulk publishing: events go out one by one")
            let end = now() + EventPublisher.singlesFor
            singlesUntil.withLock { $0 = end }
            return try await sendSingly(portion, on: topic)
        }
    }

    private func sendSingly(_ portion: [OutgoingEvent], on topic: Topic) async throws(SidecarError) -> Set<String> {
        for event in portion {
            try await sidecar.publish(event.event, to: topic.rawValue, of: pubsub)
        }
        return []
    }

    private func report(_ error: SidecarError, _ topic: Topic) {
        let metadata: Logger.Metadata = [
            "topic": .string(topic.rawValue), "pubsub": .string(pubsub), "error": .string(error.description),
        ]
        if error.isConfigurationFault {
            complaints.log(.error, "The sidecar refuses events: look at its component, scopes and tokens", metadata)
        } else {
            complaints.log(.warning, "Events could not be published and will be tried again", metadata)
        }
    }
}

extension SidecarError {
    /// An answer from before bulks: no such route or method, and no word about the component.
    fileprivate var meansNoBulk: Bool {
        guard case .refused(let refusal) = self else { return false }
        switch refusal.status {
        case 404:
            return (refusal.code ?? refusal.reason)?.contains("PUBSUB") != true
                && refusal.code != "ERR_TOPIC_NAME_EMPTY"
        case 405, 501: return true
        default: return false
        }
    }
}
