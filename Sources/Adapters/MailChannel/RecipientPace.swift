package import CivilTime
import ErrandCore
import Synchronization

/// How many mails go to one address: a task that reminds every minute fills no mailbox. Counted in this process.
package final class RecipientPace: Sendable {
    /// In an hour.
    package static let mailsMax = 30
    private static let window = Duration.hours(1)
    /// Addresses that are remembered; beyond that all begin anew.
    private static let addressesMax = 10_000

    private let sent = Mutex<[String: [Instant]]>([:])

    package init() {}

    /// How long to wait before the next; nil for not at all.
    package func wait(for address: String, at now: Instant) -> Duration? {
        sent.withLock { sent in
            let recent = sent[address, default: []].filter { now - $0 < RecipientPace.window }
            sent[address] = recent.isEmpty ? nil : recent
            guard recent.count >= RecipientPace.mailsMax, let first = recent.first else { return nil }
            return RecipientPace.window - (now - first)
        }
    }

    package func count(_ address: String, at now: Instant) {
        sent.withLock { sent in
            if sent.count >= RecipientPace.addressesMax { sent = [:] }
            sent[address, default: []].append(now)
        }
    }
}
