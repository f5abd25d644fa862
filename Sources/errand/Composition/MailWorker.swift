import APIService
import CivilTime
import Crypto
import ErrandCore
import Logging
import MailChannel
import Metrics

/// Sends the mails about accounts that wait: a loop of the role `notification-service`.
struct MailWorker: Sendable {
    /// How often it looks for what another process, or a request, has left to be sent.
    private static let pause = Duration.seconds(1)
    private static let pauseAfterFailure = Duration.seconds(5)

    private let mailing: Mailing
    private let sender: MailSender
    private let logger: Logger

    init(environment: ErrandCore.Environment, sender: MailSender, logger: Logger) {
        mailing = Mailing(environment: environment) { bytes in Array(SHA256.hash(data: bytes)) }
        self.sender = sender
        self.logger = logger
    }

    /// Works until the task is cancelled.
    func run() async {
        let sent = Counter(label: "errand_mails_sent_total")
        let failed = Counter(label: "errand_mails_failed_total")
        while !Task.isCancelled {
            do {
                let report = try await mailing.runOnce { mail in await sender.send(mail) }
                sent.increment(by: report.sent)
                failed.increment(by: report.delayed + report.refused)
                for reason in report.reasons {
                    logger.warning("A mail was not sent", metadata: ["reason": "\(reason)"])
                }
                if !report.isPartial { try await Task.sleep(for: MailWorker.pause) }
            } catch {
                if Task.isCancelled { break }
                logger.warning("A background loop failed", metadata: ["loop": "mails", "error": "\(error)"])
                try? await Task.sleep(for: MailWorker.pauseAfterFailure)
            }
        }
    }

    /// Reminders and the like by mail, over the same threads.
    ///
    /// - Parameter links: where links lead that do something.
    func channel(links: MailedActionLinks, now: @escaping @Sendable () -> Instant) -> EmailChannel {
        EmailChannel(
            sender: sender, now: now, link: { action in links.address(of: action) },
            unsubscribe: { destination, type in links.address(of: LeaveMails(userID: destination.ownerID, type: type)) }
        )
    }
}
