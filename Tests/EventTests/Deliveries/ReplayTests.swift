import CivilTime
import ErrandCore
import NotificationService
import Synchronization
import TestSupport
import Testing

/// What went to a webhook goes there again, in its order, when its user asks for it.
@Suite struct ReplayTests {
    private func loop(_ store: EventStore, _ channel: ScriptedChannel) -> DeliveryLoop {
        let pace = ChannelPace(concurrency: 8, concurrencyPerHost: 4, timeLimit: .seconds(10))
        return DeliveryLoop(environment: store.environment, channel: channel, pace: pace, clock: ContinuousClock())
    }

    private func destination(
        _ store: EventStore, _ kind: ChannelKind = .webhook, name: String = "hook",
        status: ChannelDestination.Status = .active
    ) async throws -> ChannelDestination {
        let one = ChannelDestination.make(user: store.user.id, kind: kind, name: name, status: status)
        _ = try await store.write { (transaction) throws(ErrandError) in try transaction.destinations.insert(one) }
        return one
    }

    /// A delivery to it, in that state.
    private func add(
        _ title: String, _ state: Delivery.State = .delivered, _ type: NotificationType = .taskEvent,
        to destination: ChannelDestination, _ store: EventStore
    ) async throws -> DeliveryID {
        let notification = Notification.make(user: store.user.id, type: type, title: title, isInInbox: false)
        let nextAt: Instant? = state.isOpen ? .testStart + .hours(1) : nil
        let delivery = Delivery.make(of: notification, to: destination, state: state, attempts: 3, nextAt: nextAt)
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.notifications.insert(notification)
            try transaction.deliveries.insert([delivery])
        }
        return delivery.id
    }

    private func replay(
        _ store: EventStore, _ destination: ChannelDestination, since: JSONValue = .null
    ) async throws -> ReplayDestination.Outcome {
        try await store.perform(ReplayDestination(destination.id, try ReplayForm(.object(["since": since]))))
    }

    private func error(
        _ store: EventStore, _ destination: ChannelDestination, since: JSONValue = .null
    ) async throws -> ErrandError {
        try #require(
            await #expect(throws: ErrandError.self) { try await replay(store, destination, since: since) })
    }

    @Test func `what was sent or given up after a call comes again, in order, with its id`() async throws {
        try await EventStore.with { store in
            let (hook, other) = (
                try await destination(store), try await destination(store, name: "other")
            )
            let cursor = try await add("before", to: hook, store)
            var wanted: [DeliveryID] = []
            for state in [Delivery.State.delivered, .failed, .expired, .delivered] {
                wanted.append(try await add("\(wanted.count)", state, to: hook, store))
                _ = try await add("elsewhere", to: other, store)
                _ = try await add("left out", .skipped, to: hook, store)
                _ = try await add("not needed", .superseded, to: hook, store)
                _ = try await add("a test", .delivered, .test, to: hook, store)
            }
            wanted.append(try await add("4", .delivered, .reminder, to: hook, store))
            _ = try await add("on its way", .waiting, to: hook, store)
            let outcome = try await replay(store, hook, since: .string(cursor.description))
            #expect(outcome.count == 5 && outcome.next == nil)
            #expect(outcome.json == ["replayed": 5, "next_cursor": .null])
            #expect(try await replay(store, hook, since: .string(cursor.description)).count == 0, "they are under way")
            let channel = ScriptedChannel()
            for _ in wanted { _ = try await loop(store, channel).runOnce() }
            #expect(channel.sent.map(\.message.title) == ["0", "1", "2", "3", "4"], "also what is done with")
            #expect(channel.sent.map(\.attempt.idempotencyKey) == wanted.map(\.description))
            #expect(channel.sent.map(\.attempt.number) == [1, 1, 1, 1, 1])
            #expect(try await loop(store, channel).runOnce().steps.isEmpty, "once")
        }
    }

    @Test func `the next one waits for the end of the one before, and nobody else does`() async throws {
        try await EventStore.with { store in
            let (hook, other) = (try await destination(store), try await destination(store, name: "other"))
            for title in ["first", "second"] { _ = try await add(title, to: hook, store) }
            _ = try await add("elsewhere", to: other, store)
            #expect(try await replay(store, hook).count == 2)
            #expect(try await replay(store, other).count == 1)
            let isUp = Mutex(false)
            let channel = ScriptedChannel { sent in
                let isGood = isUp.withLock { $0 } || sent.message.title == "elsewhere"
                return isGood ? .delivered(evidence: nil) : .retry(after: nil, reason: "503")
            }
            let loop = loop(store, channel)
            _ = try await loop.runOnce()
            #expect(Set(channel.sent.map(\.message.title)) == ["first", "elsewhere"])
            let waiting = try await loop.runOnce()
            #expect(waiting.steps.isEmpty && waiting.next == .testStart + .minutes(1), "nothing to look for before")
            isUp.withLock { $0 = true }
            store.clock.advance(by: .minutes(1))
            let report = try await loop.runOnce()
            #expect(report.steps.map(\.lateness) == [.minutes(1)], "since it was asked for")
            _ = try await loop.runOnce()
            #expect(channel.sent.map(\.message.title).suffix(2) == ["first", "second"])
        }
    }

    @Test func `so many are sent again at a time`() async throws {
        try await EventStore.with { store in
            let hook = try await destination(store)
            var ids: [DeliveryID] = []
            for index in 0..<Limits.replayMax + 20 { ids.append(try await add("\(index)", to: hook, store)) }
            let first = try await replay(store, hook)
            #expect(first.count == Limits.replayMax && first.next == ids[Limits.replayMax - 1])
            #expect(
                try await error(store, hook, since: .string(ids[99].description))
                    == .rateLimited(retryAfter: .seconds(10)))
            let channel = ScriptedChannel()
            for _ in 0..<7 { _ = try await loop(store, channel).runOnce() }
            let second = try await replay(store, hook, since: .string(first.next?.description ?? ""))
            #expect(second.count == 7 && second.next == ids[Limits.replayMax + 6], "as many as there is room for")
            for _ in 0..<100 { _ = try await loop(store, channel).runOnce() }
            let third = try await replay(store, hook, since: .string(second.next?.description ?? ""))
            #expect(third.count == 13 && third.next == nil)
            for _ in 0..<13 { _ = try await loop(store, channel).runOnce() }
            #expect(channel.sent.map(\.attempt.idempotencyKey) == ids.map(\.description))
        }
    }

    @Test func `only a webhook that is sent to, and from a call to it`() async throws {
        try await EventStore.with { store in
            let hook = try await destination(store)
            let other = try await destination(store, name: "other")
            let foreign = try await add("elsewhere", to: other, store)
            for cursor in [foreign, .make()] as [DeliveryID] {
                #expect(try await error(store, hook, since: .string(cursor.description)) == .invalidCursor)
            }
            #expect(throws: ErrandError.self) { try ReplayForm(["since": "yesterday"]) }
            let topic = try await destination(store, .ntfy)
            #expect(try await error(store, topic) == .conflict(.notAWebhook))
            for status in [ChannelDestination.Status.disabled, .gone] {
                let off = try await destination(store, name: status.rawValue, status: status)
                #expect(try await error(store, off) == .conflict(.channelOff))
            }
            let test = try await add("a test", .delivered, .test, to: hook, store)
            _ = try await add("after it", to: hook, store)
            #expect(try await replay(store, hook, since: .string(test.description)).count == 1, "a test is a place")
        }
    }

    @Test func `a lease that ended before does not take what is sent again`() async throws {
        try await EventStore.with { store in
            let hook = try await destination(store)
            let id = try await add("one", to: hook, store)
            let user = store.user.id
            _ = try await replay(store, hook)
            let found = try await store.read { (transaction) throws(ErrandError) in
                try transaction.deliveries.find(id, of: user)
            }
            let delivery = try #require(found)
            #expect(delivery.isReplayed && delivery.attempts == 0 && delivery.state == .pending)
            var stale = delivery
            (stale.state, stale.attempts, stale.nextAt) = (.sending, 4, .testStart)
            let before = stale
            let isSaved = try await store.write { (transaction) throws(ErrandError) in
                try transaction.deliveries.save(before, replacing: before)
            }
            #expect(!isSaved)
        }
    }
}
