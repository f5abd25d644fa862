import CivilTime
public import ErrandCore

/// Tries dead letters again because an operator asked for it. They have left their place in the order for good.
///
/// A replayed event is remembered by its id in the transaction of its effect, so that it has its effect once: although
/// several processes of a role look for replays, and although a broker may bring the event again.
public struct DeadLetterReplay: Sendable {
    /// Letters per turn.
    private static let batchSize = 200
    private static let pause = Duration.seconds(10)

    private let environment: Environment
    private let consumer: any EventConsumer

    public init(environment: Environment, consumer: any EventConsumer) {
        self.environment = environment
        self.consumer = consumer
    }

    /// Looks every ten seconds until the task is cancelled: for a bus whose deliveries do not come from the log.
    public func run(_ observer: any EventBusObserver) async {
        while !Task.isCancelled {
            do throws(ErrandError) {
                let report = try await runOnce()
                if !report.handled.isEmpty || !report.deadLetters.isEmpty { observer.delivered(report) }
                if report.isPartial { continue }
            } catch {
                if Task.isCancelled { return }
                observer.failed("replay of \(consumer.role.rawValue)", error)
            }
            try? await Task.sleep(for: DeadLetterReplay.pause)
        }
    }

    /// Tries those that are asked for, once each.
    public func runOnce() async throws(ErrandError) -> DeliveryReport {
        let name = consumer.role.rawValue
        let letters = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.consumers.deadLetters(of: name, toReplay: true, limit: DeadLetterReplay.batchSize)
        }
        var report = DeliveryReport(consumer.role)
        for letter in letters { try await replay(letter, &report) }
        report.isPartial = letters.count == DeadLetterReplay.batchSize
        return report
    }

    package func replay(_ letter: DeadLetter, _ report: inout DeliveryReport) async throws(ErrandError) {
        let (environment, now, event) = (environment, environment.now(), letter.event.event)
        do throws(ErrandError) {
            let effect = try consumer.effect(of: event)
            let isFirst = try await environment.store.write { (transaction) throws(ErrandError) in
                let isFirst = try transaction.consumers.enterInbox(of: letter.consumer, event.id, at: now)
                if isFirst { try effect(EventContext(transaction: transaction, now: now, of: environment)) }
                try transaction.consumers.removeDeadLetter(letter)
                return isFirst
            }
            if isFirst { report.handled.append(event) }
        } catch {
            if error == .cancelled { throw error }
            let again = DeadLetter(
                consumer: letter.consumer, event: letter.event, reason: LogDelivery.reason(error), addedAt: now
            )
            try await environment.store.write { (transaction) throws(ErrandError) in
                try transaction.consumers.addDeadLetter(again)
            }
            report.deadLetters.append(DeliveryReport.Failure(event: event, reason: again.reason, attempts: 1))
        }
    }
}
