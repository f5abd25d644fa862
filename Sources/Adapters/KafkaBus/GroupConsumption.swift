import BlockingThreads
import CivilTime
import ErrandCore
import EventDelivery
import Synchronization

/// Hands the records of a group to its consumer, in order per partition: all that are there in one transaction, or
/// where that cannot be one by one, of several partitions at once.
struct GroupConsumption: Sendable {
    let consumer: any EventConsumer
    let environment: Environment
    let configuration: KafkaConfiguration
    let policy: DeliveryPolicy
    let observer: any EventBusObserver
    let report: KafkaNotice.Report

    private var role: ProcessRole { consumer.role }

    /// As many partitions are handled at once; a store commits their effects together if it can.
    private static let partitionsMax = 8
    /// How long records are handled before the next poll, which is when the group changes and others get their turn.
    private static let turnMax = Duration.milliseconds(200)
    /// What a crash may repeat, in time.
    private static let commitInterval = Duration.milliseconds(500)
    private static let pauseAfterFailure = Duration.seconds(5)

    /// Works until the task is cancelled.
    func run() async {
        let deadLetters = KafkaPublisher(configuration, report)
        while !Task.isCancelled {
            do throws(KafkaConfigurationError) {
                let partitions = AssignedPartitions(policy: policy, report)
                let member = try GroupMember(
                    of: role, to: consumer.topics, configuration, partitions, batchSize: policy.batchSize, report
                )
                await serve(member, partitions, deadLetters)
            } catch {
                report(KafkaNotice(.error, "Cannot make a consumer: \(error)"))
                observer.failed(role.rawValue, .unavailable)
                try? await Task.sleep(for: GroupConsumption.pauseAfterFailure)
            }
        }
        await deadLetters.close()
    }

    /// Takes turns until the task is cancelled or the member is of no use: fetch, handle, commit.
    private func serve(_ member: GroupMember, _ partitions: AssignedPartitions, _ deadLetters: KafkaPublisher) async {
        let worker = BlockingWorker(name: "kafka-\(role.rawValue)")
        var committedAt = ContinuousClock.now
        await withTaskCancellationHandler {
            var isUsable = true
            while isUsable, !Task.isCancelled {
                isUsable = await worker.perform { member.poll() }
                await handle(partitions.withBacklog { $0.ready(at: .now) }, member, partitions, deadLetters)
                if ContinuousClock.now - committedAt >= GroupConsumption.commitInterval {
                    await worker.perform { member.commit() }
                    committedAt = .now
                    observer.lags(of: role, member.lags(of: consumer.topics))
                }
            }
        } onCancel: {
            member.wake()
        }
        await worker.perform { member.close() }
        await worker.end()
    }

    /// What came of the first records of a partition.
    private struct Handled: Sendable {
        var turn: Backlog.Turn
        var events: [Event] = []
        var deadLetters: [DeliveryReport.Failure] = []
        var unreadable = 0
        /// The event that failed, and what of.
        var failed: (event: Event, reason: String)?
    }

    private func handle(
        _ ready: [ArraySlice<IncomingRecord>], _ member: GroupMember, _ partitions: AssignedPartitions,
        _ deadLetters: KafkaPublisher
    ) async {
        if ready.isEmpty { return }
        let startedAt = environment.now()
        if let all = await handleTogether(ready) { return settle(all, since: startedAt, member, partitions) }
        let end = ContinuousClock.now + GroupConsumption.turnMax
        let all = await withTaskGroup(of: Handled?.self) { group in
            var (rest, all) = (ready[...], [Handled]())
            for records in rest.prefix(GroupConsumption.partitionsMax) {
                group.addTask { await handle(records, until: end, deadLetters) }
            }
            rest = rest.dropFirst(GroupConsumption.partitionsMax)
            for await handled in group {
                if let handled { all.append(handled) }
                if let records = rest.popFirst() {
                    group.addTask { await handle(records, until: end, deadLetters) }
                }
            }
            return all
        }
        settle(all, since: startedAt, member, partitions)
    }

    /// Handles the records of all partitions in one transaction.
    ///
    /// - Returns: nil when that cannot be, because one of them is no event or cannot be handled, say. Nothing has come
    ///   of them then.
    private func handleTogether(_ ready: [ArraySlice<IncomingRecord>]) async -> [Handled]? {
        var all: [Handled] = []
        for records in ready {
            guard let first = records.first else { continue }
            var handled = Handled(turn: Backlog.Turn(partition: first.partition, done: records.count))
            do throws(ErrandError) {
                for record in records { handled.events.append(try Event(cloudEvent: try record.cloudEvent())) }
            } catch {
                return nil
            }
            all.append(handled)
        }
        let events = all.flatMap(\.events)
        guard events.count > 1, await InboxDelivery(environment: environment, consumer: consumer).deliver(events)
        else { return nil }
        return all
    }

    /// Handles records of one partition, until one fails or the time is over: one at least.
    private func handle(
        _ records: ArraySlice<IncomingRecord>, until end: ContinuousClock.Instant, _ deadLetters: KafkaPublisher
    ) async -> Handled? {
        guard let first = records.first else { return nil }
        let delivery = InboxDelivery(environment: environment, consumer: consumer)
        var handled = Handled(turn: Backlog.Turn(partition: first.partition))
        for record in records {
            if Task.isCancelled || handled.turn.done > 0 && ContinuousClock.now >= end { break }
            await handle(record, with: delivery, deadLetters, &handled)
            if handled.turn.hasFailed { break }
            handled.turn.done += 1
        }
        return handled
    }

    private func handle(
        _ record: IncomingRecord, with delivery: InboxDelivery, _ deadLetters: KafkaPublisher, _ handled: inout Handled
    ) async {
        let (event, outcome) = await delivery.deliver(record)
        var reason = "It cannot be handled now; see the log."
        switch outcome {
        case .done:
            if let event { handled.events.append(event) }
            return
        case .retry: break
        case .deadLetter(let why):
            reason = why
            do throws(ErrandError) {
                try await deadLetters.publish([record.deadLetter(of: role, reason: reason)])
                if let event {
                    handled.deadLetters.append(DeliveryReport.Failure(event: event, reason: reason, attempts: 1))
                } else {
                    handled.unreadable += 1
                    report(KafkaNotice(.error, "\(record.place) became a dead letter: \(reason)"))
                }
                return
            } catch {
                reason = "It cannot be handled, and its dead letter cannot be published."
                report(KafkaNotice(.error, "\(record.place): \(reason)"))
            }
        }
        handled.turn.hasFailed = true
        if let event { handled.failed = (event, reason) }
    }

    private func settle(
        _ all: [Handled], since startedAt: Instant, _ member: GroupMember, _ partitions: AssignedPartitions
    ) {
        var sum = DeliveryReport(role)
        sum.startedAt = startedAt
        for handled in all {
            let attempts = partitions.withBacklog { $0.settle(handled.turn, at: .now) }
            sum.handled += handled.events
            sum.deadLetters += handled.deadLetters
            sum.unreadable += handled.unreadable
            // A cancelled delivery is no failure of the event.
            if let (event, reason) = handled.failed, !Task.isCancelled {
                sum.failure = DeliveryReport.Failure(event: event, reason: reason, attempts: attempts)
            }
        }
        let lag = member.lag
        sum.lag = lag
        sum.isPartial = lag > 0
        sum.finishedAt = environment.now()
        observer.delivered(sum)
    }
}

extension InboxDelivery {
    fileprivate func deliver(_ record: IncomingRecord) async -> (event: Event?, outcome: Outcome) {
        do throws(ErrandError) {
            return await deliver(cloudEvent: try record.cloudEvent())
        } catch .malformedEvent(let reason) {
            return (nil, .deadLetter(reason: reason))
        } catch {
            return (nil, .deadLetter(reason: "\(error)"))
        }
    }
}
