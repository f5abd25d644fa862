import CivilTime
import Dispatch
import ErrandCore
import EventDelivery
import NotificationService
import Synchronization
import TestSupport
import Testing

@Suite struct DeliveryLoopTests {
    private func loop(
        _ store: EventStore, _ channel: ScriptedChannel,
        pace: ChannelPace = ChannelPace(concurrency: 8, concurrencyPerHost: 4, timeLimit: .seconds(10))
    ) -> DeliveryLoop {
        DeliveryLoop(environment: store.environment, channel: channel, pace: pace, clock: ContinuousClock())
    }

    /// A task that has reminded, told over these channels.
    private func remind(
        _ store: EventStore, of title: String = "Call Mum", _ kinds: [ChannelKind] = [.webhook]
    ) async throws -> (task: TodoTask, notification: NotificationID) {
        let task = try await store.add(title)
        let user = store.user.id
        try await store.write { (transaction) throws(ErrandError) in
            for kind in kinds { _ = try transaction.destinations.insert(.make(user: user, kind: kind)) }
        }
        let row = ReminderRow(
            id: .make(), taskID: task.id, memberID: user, snoozeOf: nil, base: .testStart, nextAt: .testStart,
            repeatEvery: nil, lastFiredAt: nil
        )
        let event = ReminderEvent(
            DueReminder(row: row, title: title, dueAt: nil), remindAt: .testStart, occurredAt: store.environment.now(),
            changeNumber: 1
        ).event
        let effect = try ReminderConsumer().effect(of: event)
        let environment = store.environment
        try await store.write { (transaction) throws(ErrandError) in
            try effect(EventContext(transaction: transaction, now: environment.now(), of: environment))
        }
        return (task, NotificationID(event.id.value))
    }

    private func deliveries(_ store: EventStore, _ id: NotificationID) async throws -> [Delivery] {
        let user = store.user.id
        return try await store.read { (transaction) throws(ErrandError) in
            try transaction.deliveries.all(of: id, owner: user)
        }
    }

    private func settings(
        _ store: EventStore, _ change: @escaping @Sendable (inout UserSettings) -> Void
    ) async throws {
        var user = store.user
        change(&user.settings)
        let changed = user
        try await store.write { (transaction) throws(ErrandError) in try transaction.accounts.update(changed) }
    }

    @Test func `a reminder goes to each destination once`() async throws {
        try await EventStore.with { store in
            let (task, id) = try await remind(store, [.webhook, .ntfy])
            let (hook, other) = (ScriptedChannel(), ScriptedChannel(.ntfy))
            store.clock.advance(by: .milliseconds(700))
            let report = try await loop(store, hook).runOnce()
            #expect(report.steps.map(\.state) == [.delivered])
            #expect(report.steps.first?.lateness == .milliseconds(700))
            #expect(try await loop(store, hook).runOnce().steps.isEmpty, "nothing is left")
            #expect(try await loop(store, other).runOnce().steps.count == 1)
            let message = try #require(hook.sent.first?.message)
            #expect(message.title == "Call Mum" && message.taskID == task.id && message.taskNumber == task.number)
            #expect(message.topicKey == other.sent.first?.message.topicKey)
            #expect(message.topicKey.utf8.count <= 32 && message.actions == [.done, .snooze, .open])
            #expect(message.timeToLive == .hours(24) - .milliseconds(700))
            #expect(try await deliveries(store, id).map(\.state) == [.delivered, .delivered])
            #expect(hook.sent.map(\.attempt.idempotencyKey) != other.sent.map(\.attempt.idempotencyKey))
        }
    }

    @Test func `what fails is tried again, with the same key, until it gets through`() async throws {
        try await EventStore.with { store in
            let (_, id) = try await remind(store)
            let channel = ScriptedChannel {
                $0.attempt.number < 3 ? .retry(after: nil, reason: "503") : .delivered(evidence: nil)
            }
            let loop = loop(store, channel)
            #expect(try await loop.runOnce().steps.map(\.state) == [.waiting])
            let early = try await loop.runOnce()
            #expect(early.steps.isEmpty && early.next == .testStart + .minutes(1))
            store.clock.advance(by: .minutes(1))
            #expect(try await loop.runOnce().steps.map(\.state) == [.waiting])
            store.clock.advance(by: .minutes(5))
            #expect(try await loop.runOnce().steps.map(\.state) == [.delivered])
            #expect(channel.sent.map(\.attempt.number) == [1, 2, 3])
            #expect(Set(channel.sent.map(\.attempt.idempotencyKey)).count == 1)
            #expect(try await deliveries(store, id).first?.attempts == 3)
        }
    }

    @Test func `everything is looked up again when it is sent`() async throws {
        try await EventStore.with { store in
            let channel = ScriptedChannel()
            let done = try await remind(store, of: "Done")
            try await store.perform(CompleteTask(TaskTarget(.id(done.task.id))))
            let renamed = try await remind(store, of: "Old name")
            try await store.perform(EditTask(TaskTarget(.id(renamed.task.id)), try TaskEdit(["title": "New name"])))
            let read = try await remind(store, of: "Read", [.ntfy])
            try await store.perform(ReadNotification(read.notification))
            _ = try await loop(store, channel).runOnce()
            // At the same time: in no order.
            #expect(Set(channel.sent.map(\.message.title)) == ["New name", "Read"], "programs are told all the same")
            #expect(try await deliveries(store, done.notification).map(\.state) == [.superseded])
            let other = ScriptedChannel(.ntfy)
            _ = try await loop(store, other).runOnce()
            #expect(other.sent.isEmpty)
            #expect(try await deliveries(store, read.notification).map(\.state) == [.delivered, .superseded])
        }
    }

    @Test func `settings of now decide, and quiet hours put off what makes a sound`() async throws {
        try await EventStore.with { store in
            let (_, id) = try await remind(store, [.webhook, .ntfy])
            // It is 10:00.
            try await settings(store) {
                $0.quietHours = QuietHours(from: LocalTime("09:00") ?? .midnight, to: LocalTime("12:00") ?? .midnight)
            }
            let (hook, other) = (ScriptedChannel(), ScriptedChannel(.ntfy))
            _ = try await loop(store, hook).runOnce()
            #expect(try await loop(store, other).runOnce().steps.map(\.state) == [.waiting])
            #expect(hook.sent.count == 1 && other.sent.isEmpty)
            store.clock.set(.testStart + .hours(2))
            try await settings(store) { $0.notifications = .standard }
            #expect(try await loop(store, other).runOnce().steps.map(\.state) == [.delivered])
            #expect(try await deliveries(store, id).map(\.attempts) == [1, 1])
        }
    }

    @Test func `whoever is gone, is told nothing, and keeps what else there is`() async throws {
        try await EventStore.with { store in
            let (_, first) = try await remind(store)
            let gone = ScriptedChannel { _ in .gone(reason: "410") }
            #expect(try await loop(store, gone).runOnce().steps.map(\.state) == [.failed])
            let (_, second) = try await remind(store, of: "Next")
            #expect(try await deliveries(store, second).map(\.state) == [.skipped])
            #expect(try await deliveries(store, first).first?.reason == "410")
            let events = try await store.events().map(\.event.type)
            #expect(events.filter { $0 == "channel.changed" }.count == 1)
        }
    }

    @Test func `programs are told what happens to tasks, and nobody else is`() async throws {
        try await EventStore.with { store in
            let user = store.user.id
            try await store.add("Before")
            try await store.deliver(to: ReminderConsumer())
            try await store.write { (transaction) throws(ErrandError) in
                for kind in ChannelKind.outside {
                    _ = try transaction.destinations.insert(.make(user: user, kind: kind))
                }
            }
            let task = try await store.add("After")
            try await store.deliver(to: ReminderConsumer())
            let channels = ChannelKind.outside.map { ScriptedChannel($0) }
            for channel in channels { _ = try await loop(store, channel).runOnce() }
            #expect(channels.filter { !$0.sent.isEmpty }.map(\.kind) == [.webhook])
            let message = try #require(channels.first { $0.kind == .webhook }?.sent.first?.message)
            #expect(message.type == .taskEvent && message.taskID == task.id)
            #expect(message.event?["event_type"] == "task.created")
            let inbox = try await store.read { (transaction) throws(ErrandError) in
                try transaction.notifications.unreadCount(of: user)
            }
            #expect(inbox == 0)
        }
    }

    @Test func `a process that ends between send and record leaves a lease, and the next sends again`() async throws {
        try await EventStore.with { store in
            let (_, id) = try await remind(store)
            let channel = ScriptedChannel()
            // What a process does before it sends.
            let before = try #require(try await deliveries(store, id).first)
            var leased = before
            (leased.state, leased.attempts) = (.sending, 1)
            leased.nextAt = .testStart + .seconds(40)
            let taken = leased
            _ = try await store.write { (transaction) throws(ErrandError) in
                try transaction.deliveries.save(taken, replacing: before)
            }
            let waiting = try await loop(store, channel).runOnce()
            #expect(waiting.steps.isEmpty && waiting.next == .testStart + .seconds(40))
            store.clock.advance(by: .seconds(40))
            let report = try await loop(store, channel).runOnce()
            #expect(report.steps.map(\.isRepeated) == [true])
            #expect(channel.sent.map(\.attempt.number) == [2])
            #expect(channel.sent.map(\.attempt.idempotencyKey) == [before.id.description])
        }
    }

    @Test func `what takes long to send stays leased, and nobody else sends it meanwhile`() async throws {
        try await EventStore.with { store in
            let (_, id) = try await remind(store)
            var pace = ChannelPace(concurrency: 1, concurrencyPerHost: 1, timeLimit: .seconds(600))
            pace.lease = .milliseconds(300)
            let other = ScriptedChannel()
            let others = loop(store, other, pace: pace)
            let channel = ScriptedChannel { _ in
                // Four thirds of a lease, with a look of somebody else at each.
                for _ in 0..<4 {
                    store.clock.advance(by: .milliseconds(100))
                    let now = store.environment.now()
                    while let row = try? await deliveries(store, id).first, row.nextAt != now + .milliseconds(300) {
                        try? await Task.sleep(for: .milliseconds(5))
                    }
                    _ = try? await others.runOnce()
                }
                return .delivered(evidence: "200")
            }
            let report = try await loop(store, channel, pace: pace).runOnce()
            #expect(report.steps.map(\.state) == [.delivered] && report.steps.map(\.isRepeated) == [false])
            #expect(channel.sent.count == 1 && other.sent.isEmpty)
            #expect(try await deliveries(store, id).map(\.attempts) == [1])
        }
    }

    @Test func `whoever finds that another has taken over stops sending, and records nothing`() async throws {
        try await EventStore.with { store in
            let (_, id) = try await remind(store)
            var pace = ChannelPace(concurrency: 1, concurrencyPerHost: 1, timeLimit: .seconds(600))
            pace.lease = .milliseconds(60)
            let other = ScriptedChannel()
            let others = loop(store, other)
            let channel = ScriptedChannel { _ in
                try? await Task.sleep(for: .seconds(60))
                return .retry(after: nil, reason: "It was cancelled.")
            }
            let stopped = loop(store, channel, pace: pace)
            async let report = stopped.runOnce()
            while channel.sent.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            // As when a process is stopped for longer than its lease.
            while other.sent.isEmpty {
                store.clock.advance(by: .seconds(1))
                _ = try await others.runOnce()
            }
            #expect(try await report.steps.isEmpty)
            #expect(other.sent.map(\.attempt.number) == [2])
            #expect(other.sent.map(\.attempt.idempotencyKey) == channel.sent.map(\.attempt.idempotencyKey))
            #expect(try await deliveries(store, id).map(\.state) == [.delivered])
        }
    }

    @Test func `a user who is deleted between attempt and send is sent nothing more, and nothing fails`() async throws {
        try await EventStore.with { store in
            for title in ["First", "Second"] { _ = try await remind(store, of: title) }
            let pace = ChannelPace(concurrency: 1, concurrencyPerHost: 1, timeLimit: .seconds(10))
            let channel = ScriptedChannel { _ in
                let chain = AuditChain { _ in Array(repeating: 7, count: 32) }
                _ = try? await store.perform(DeleteAccount(chain: chain))
                return .gone(reason: "410")
            }
            let loop = loop(store, channel, pace: pace)
            #expect(try await loop.runOnce().steps.isEmpty, "there is nothing to record it in")
            #expect(try await loop.runOnce().steps.isEmpty, "the other went with its user")
            // Of two that are due at the same moment, either may be the first.
            #expect(channel.sent.count == 1)
            let backlog = try await store.read { (transaction) throws(ErrandError) in
                try transaction.deliveries.backlog()
            }
            #expect(backlog.isEmpty)
        }
    }

    @Test func `a server that fails for ever is tried for a day, less and less often`() async throws {
        try await EventStore.with { store in
            let (_, id) = try await remind(store)
            let channel = ScriptedChannel { _ in .retry(after: nil, reason: "It has trouble (500).") }
            let loop = loop(store, channel)
            while let next = try await deliveries(store, id).first?.nextAt {
                if next > store.environment.now() { store.clock.set(next) }
                _ = try await loop.runOnce()
            }
            let ended = try #require(try await deliveries(store, id).first)
            #expect(ended.state == .expired && ended.reason == "It has trouble (500).")
            #expect((10...20).contains(ended.attempts) && ended.attempts == channel.sent.count)
            #expect(store.environment.now() < .testStart + .hours(24))
        }
    }

    @Test func `two processes at once send each thing once`() async throws {
        try await EventStore.with { store in
            for index in 0..<20 { _ = try await remind(store, of: "Task \(index)") }
            let (first, second) = (ScriptedChannel(), ScriptedChannel())
            let (one, two) = (loop(store, first), loop(store, second))
            for _ in 0..<10 {
                async let left = one.runOnce()
                async let right = two.runOnce()
                _ = try await (left, right)
            }
            let keys = (first.sent + second.sent).map(\.attempt.idempotencyKey)
            #expect(keys.count == 20 && Set(keys).count == 20)
        }
    }

    @Test func `a send that does not end is given up`() async throws {
        try await EventStore.with { store in
            _ = try await remind(store)
            let channel = ScriptedChannel { _ in
                try? await Task.sleep(for: .seconds(60))
                return .delivered(evidence: nil)
            }
            let pace = ChannelPace(concurrency: 1, concurrencyPerHost: 1, timeLimit: .milliseconds(20))
            let report = try await loop(store, channel, pace: pace).runOnce()
            #expect(report.steps.map(\.reason) == ["It took too long."])
            #expect(report.steps.map(\.state) == [.waiting])
        }
    }

    @Test func `a dead host holds up nobody else, and the loop ends when it is told to`() async throws {
        try await EventStore.with { store in
            let user = store.user.id
            try await store.write { (transaction) throws(ErrandError) in
                for index in 0..<12 {
                    _ = try transaction.destinations.insert(
                        .make(user: user, name: "h\(index)", host: index < 8 ? "dead.example" : "alive.example"))
                }
            }
            let (_, id) = try await remind(store, [])
            let alive = Mutex(0)
            let bell = DeliveryBell()
            let channel = ScriptedChannel { sent in
                if sent.destination.host == "dead.example" {
                    try? await Task.sleep(for: .seconds(60))
                    return .retry(after: nil, reason: "It was given up.")
                }
                if alive.withLock({
                    $0 += 1; return $0
                }) == 4 {
                    bell.stop()
                }
                return .delivered(evidence: nil)
            }
            let pace = ChannelPace(concurrency: 4, concurrencyPerHost: 2, timeLimit: .milliseconds(300))
            await loop(store, channel, pace: pace).run(bell, SilentObserver())
            #expect(alive.withLock { $0 } == 4)
            let states = try await deliveries(store, id).map(\.state)
            #expect(states.filter { $0 == .delivered }.count == 4)
            #expect(states.filter { $0 == .sending }.isEmpty, "what was begun was recorded")
        }
    }

    @Test func `a loop that is told to end while it waits for the database complains of nothing`() async throws {
        try await EventStore.with { store in
            let gate = DispatchSemaphore(value: 0)
            let isHeld = Mutex(false)
            let failures = CountingObserver()
            // The one thread that writes.
            let holder = Task {
                try await store.write { (_) throws(ErrandError) in
                    isHeld.withLock { $0 = true }
                    _ = gate.wait(timeout: .now() + 10)
                }
            }
            for _ in 0..<1_000 where !isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            #expect(isHeld.withLock { $0 })
            let running = Task { await loop(store, ScriptedChannel()).run(DeliveryBell(), failures) }
            try await Task.sleep(for: .milliseconds(100))
            running.cancel()
            gate.signal()
            await running.value
            try await holder.value
            #expect(failures.count == 0)
        }
    }
}

private final class CountingObserver: DeliveryObserver {
    private let failures = Mutex(0)

    var count: Int { failures.withLock { $0 } }

    func sent(_ report: SendingReport) {}
    func failed(_ kind: ChannelKind, _ error: ErrandError) { failures.withLock { $0 += 1 } }
}

struct SilentObserver: DeliveryObserver {
    func sent(_ report: SendingReport) {}
    func failed(_ kind: ChannelKind, _ error: ErrandError) {}
}
