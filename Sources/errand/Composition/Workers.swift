import CivilTime
import ErrandCore
import EventDelivery
import Logging
import Metrics

/// The loops of the role `chat-api`: committed events to the bus, reminders at their time.
struct Workers: Sendable {
    /// When nothing rings: for clocks that were set, and rings that came from another process.
    private static let pauseMax = Duration.seconds(10)
    private static let pauseAfterFailure = Duration.seconds(1)
    /// How often a relay asks whether the one at work still is.
    private static let pauseStandingBy = Duration.seconds(1)

    let environment: ErrandCore.Environment
    /// Nil where no traces are kept.
    let tracing: Tracing?
    let carrier: Carrier
    /// This process's relay among others.
    let relayHolder: UniqueID
    let relayBell: WakeUp
    let clockBell: WakeUp
    let logger: Logger

    func relayEvents() async {
        let bus: any EventBus = tracing.map { TracedBus(bus: carrier.bus, tracing: $0) } ?? carrier.bus
        let relay = OutboxRelay(environment: environment, bus: bus, holder: relayHolder)
        let published = Counter(label: "errand_events_published_total")
        while !Task.isCancelled {
            do {
                let report = try await relay.runOnce()
                published.increment(by: report.published)
                if report.isStandingBy {
                    // Every event rings; a relay that others are faster than need not ask at each.
                    try await Task.sleep(for: Workers.pauseStandingBy)
                } else if !report.isPartial {
                    await relayBell.wait(atMost: Workers.pauseMax)
                }
            } catch {
                await pause(after: error, in: "relay")
            }
        }
    }

    /// Lets another process publish at once, rather than when this one's lease is over.
    func handOverRelay() async {
        let relay = OutboxRelay(environment: environment, bus: carrier.bus, holder: relayHolder)
        do {
            try await relay.endLease()
        } catch {
            logger.warning("The relay could not be handed over", metadata: ["error": "\(error)"])
        }
    }

    func fireReminders() async {
        let clock = ReminderClock(environment: environment)
        let fired = Counter(label: "errand_reminders_fired_total")
        let late = Counter(label: "errand_reminders_late_total")
        let lateness = Recorder(label: "errand_reminder_lateness_seconds", aggregate: true)
        while !Task.isCancelled {
            do {
                let report = try await clock.runOnce()
                fired.increment(by: report.fired)
                late.increment(by: report.late)
                carrier.reminderMoved(report.next)
                for delay in report.lateness { lateness.record(delay / Duration.seconds(1)) }
                if !report.isPartial { await clockBell.wait(atMost: pause(until: report.next)) }
            } catch {
                await pause(after: error, in: "reminders")
            }
        }
    }

    func tellDigests() async {
        let clock = DigestClock(environment: environment)
        let told = Counter(label: "errand_digests_told_total")
        while !Task.isCancelled {
            do {
                let report = try await clock.runOnce()
                told.increment(by: report.told)
                if !report.isPartial { try await Task.sleep(for: pause(until: report.next)) }
            } catch {
                await pause(after: error, in: "digests")
            }
        }
    }

    private func pause(until next: Instant?) -> Duration {
        guard let next else { return Workers.pauseMax }
        return min(max(next - environment.now(), .zero), Workers.pauseMax)
    }

    private func pause(after error: any Error, in loop: String) async {
        if Task.isCancelled { return }
        logger.warning("A background loop failed", metadata: ["loop": "\(loop)", "error": "\(error)"])
        try? await Task.sleep(for: Workers.pauseAfterFailure)
    }
}
