import BlockingThreads
public import CivilTime
public import ErrandCore
import Synchronization

/// Hands mails to the operator's server, a few at a time, each on a thread that may block.
public final class MailSender: Sendable {
    /// How an operator has mails sent.
    public struct Configuration: Hashable, Sendable {
        public let server: SMTPServer
        /// The author of all mails: bounces come back there.
        public let from: Mailbox
        /// Where people reach this server, without a slash at its end: links lead there.
        public let publicURL: String

        public init(server: SMTPServer, from: Mailbox, publicURL: String) {
            self.server = server
            self.from = from
            self.publicURL = publicURL
        }
    }

    /// Mails that are handed over at once.
    public static let threads = 4
    /// For one mail, from the name of the server to its last word.
    public static let timeLimit = Duration.seconds(25)

    public let configuration: Configuration
    let templates: MailTemplates
    private let workers: [BlockingWorker]
    private let turn = Atomic(0)
    private let now: @Sendable () -> Instant

    /// - Throws: when a template of ours cannot be read.
    public init(_ configuration: Configuration, now: @escaping @Sendable () -> Instant) throws {
        self.configuration = configuration
        self.now = now
        templates = try MailTemplates()
        workers = (0..<MailSender.threads).map { BlockingWorker(name: "errand-mail-\($0)") }
    }

    /// Sends a mail about an account, once.
    public func send(_ mail: OutgoingMail) async -> DeliveryOutcome {
        let content = MailContent(mail, publicURL: configuration.publicURL)
        return await send(content, to: mail.recipient.text, id: mail.id.description)
    }

    /// - Parameter id: the same for every attempt to send the same.
    func send(_ content: MailContent, to recipient: String, id: String) async -> DeliveryOutcome {
        guard let to = Mailbox(address: recipient) else { return .rejected(reason: "The address is none.") }
        let message = MailMessage(
            from: configuration.from, to: to, subject: content.subject, text: content.text(templates),
            html: content.html(templates), date: now(), id: id,
            unsubscribing: content.unsubscribe.map { MailMessage.Unsubscribing(address: $0.address) }
        )
        return await hand(message)
    }

    private func hand(_ message: MailMessage) async -> DeliveryOutcome {
        let submission = SMTPSubmission(
            server: configuration.server, sender: configuration.from.address, recipient: message.to.address,
            message: message.bytes
        )
        let isCancelled = Flag()
        let worker = workers[turn.wrappingAdd(1, ordering: .relaxed).oldValue % workers.count]
        return await withTaskCancellationHandler {
            await worker.perform {
                submission.run(within: Int(MailSender.timeLimit.components.seconds)) { isCancelled.isUp }
            }
        } onCancel: {
            isCancelled.raise()
        }
    }

    /// Ends the threads when what they are at is done; nothing may be sent afterwards.
    public func close() async {
        for worker in workers { await worker.end() }
    }
}

/// Goes up once.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isUp: Bool { value.load(ordering: .relaxed) }

    func raise() { value.store(true, ordering: .relaxed) }
}
