import ErrandCore
import Synchronization

/// A channel that answers as it is told, and remembers what it was to send.
final class ScriptedChannel: NotificationChannel {
    struct Sent: Sendable {
        let message: OutgoingMessage
        let destination: ChannelDestination
        let attempt: DeliveryAttempt
    }

    let kind: ChannelKind
    private let answer: @Sendable (Sent) async -> DeliveryOutcome
    private let items = Mutex<[Sent]>([])

    init(
        _ kind: ChannelKind = .webhook,
        _ answer: @escaping @Sendable (Sent) async -> DeliveryOutcome = { _ in .delivered(evidence: "200") }
    ) {
        self.kind = kind
        self.answer = answer
    }

    func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        let one = Sent(message: message, destination: destination, attempt: attempt)
        items.withLock { $0.append(one) }
        return await answer(one)
    }

    var sent: [Sent] { items.withLock { $0 } }
}
