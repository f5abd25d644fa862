public import CivilTime
public import ErrandCore
import TaskLanguage

/// Reminders, digests and the like by mail, to addresses whose owners have shown that they are theirs.
public struct EmailChannel: NotificationChannel {
    public let kind = ChannelKind.email
    private let sender: MailSender
    private let link: @Sendable (MailedAction) -> String?
    private let unsubscribe: @Sendable (ChannelDestination, NotificationType) -> String?
    private let pace: RecipientPace
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - link: where a link leads that does something, once; nil leaves it out.
    ///   - unsubscribe: an address that ends mails of a type to a destination at a POST, without a sign-in; nil leaves
    ///     it out.
    public init(
        sender: MailSender, now: @escaping @Sendable () -> Instant,
        link: @escaping @Sendable (MailedAction) -> String?,
        unsubscribe: @escaping @Sendable (ChannelDestination, NotificationType) -> String?
    ) {
        self.sender = sender
        self.link = link
        self.unsubscribe = unsubscribe
        self.now = now
        pace = RecipientPace()
    }

    public func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        guard destination.status == .active || destination.status == .failing else {
            return .misconfigured(reason: "The address is not confirmed.")
        }
        guard let address = destination.configuration["address"]?.string.flatMap({ EmailAddress($0) }) else {
            return .misconfigured(reason: "The address is none.")
        }
        if let wait = pace.wait(for: address.key, at: now()) {
            return .retry(after: wait, reason: "So many mails have gone there in the last hour.")
        }
        var content = MailContent(message, publicURL: sender.configuration.publicURL, link: link)
        if message.type != .security, let leave = unsubscribe(destination, message.type) {
            content.unsubscribe = MailContent.Link(
                label: MailWording.unsubscribe(in: message.language), address: leave)
        }
        let outcome = await sender.send(content, to: address.text, id: attempt.idempotencyKey)
        if case .delivered = outcome { pace.count(address.key, at: now()) }
        return outcome
    }
}
