import CivilTime
import ErrandCore
import LiveService
import Logging
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport
import Testing

/// What a window is told of changes that it was not there for.
@Suite struct LiveLogTests {
    @Test func `a window goes on where it was, from now on, or begins anew`() async throws {
        try await withLog(events: 450) { log, user, _ in
            let now = try await told(log, user) { try await log.greet($0) }
            #expect(now == ["hello 450"])
            let some = try await told(log, user) { try await log.greet($0, from: 448) }
            #expect(some == ["hello 448", "event 449", "event 450"])
            let all = try await told(log, user) { try await log.greet($0, from: 0) }
            #expect(all == ["hello 0"] + (1...450).map { "event \($0)" })
            let strange = try await told(log, user) { try await log.greet($0, from: 451) }
            #expect(strange == ["reset", "hello 450"])
        }
    }

    @Test func `what is no longer kept is answered by a reset`() async throws {
        try await withLog(events: 10) { log, user, store in
            try await store.write { (transaction) throws(ErrandError) in
                let end = try transaction.outbox.events(of: nil, after: 0, limit: 4)
                try transaction.outbox.markPublished(through: end[3])
                _ = try transaction.outbox.purge(before: .testStart + .days(1), doneBy: [], limit: 100)
            }
            let kept = try await told(log, user) { try await log.greet($0, from: 4) }
            #expect(kept == ["hello 4"] + (5...10).map { "event \($0)" })
            let gone = try await told(log, user) { try await log.greet($0, from: 3) }
            #expect(gone == ["hello 3", "reset", "hello 10"])
            try await store.write { (transaction) throws(ErrandError) in
                let all = try transaction.outbox.events(of: nil, after: 0, limit: 100)
                try transaction.outbox.markPublished(through: all[all.count - 1])
                _ = try transaction.outbox.purge(before: .testStart + .days(1), doneBy: [], limit: 100)
            }
            let empty = try await told(log, user) { try await log.greet($0, from: 3) }
            #expect(empty == ["hello 3", "reset", "hello 10"])
            let current = try await told(log, user) { try await log.greet($0, from: 10) }
            #expect(current == ["hello 10"])
        }
    }

    @Test func `a change that comes between two looks at the log is not taken for one that is gone`() async throws {
        try await withLog(events: 3) { _, user, store in
            let busy = BusyStore(store, user)
            let environment = ErrandCore.Environment(
                store: busy, now: { .testStart }, makeID: { _ in ID<User>.make().value }, randomBytes: { _ in [] }
            )
            let log = LiveLog(environment: environment, patience: .seconds(1))
            // The look for its place, then that for what comes after; the bus tells of what comes after that.
            let frames = try await told(log, user) { try await log.greet($0, from: 3) }
            #expect(frames == ["hello 3"])
        }
    }

    @Test func `a resumption that comes while the log is being read is not lost`() async throws {
        try await withLog(events: 4) { log, user, _ in
            // A window without room keeps the greeting's reading going until the resumption has been asked for.
            let frames = Frames()
            let hasAsked = Mutex(false)
            let window = LiveWindow(
                userID: user,
                deliver: { frame in
                    frames.append(frame)
                    return frames.told.last != "event 4" || hasAsked.withLock(\.self) ? .sent : .full
                },
                finish: { _ in Issue.record("the window was ended") }
            )
            async let greeting: Void = log.greet(window, from: 3)
            while !frames.told.contains("event 4") { try await Task.sleep(for: .milliseconds(1)) }
            try await log.resume(window, from: 2)
            hasAsked.withLock { $0 = true }
            try await greeting
            #expect(frames.told.suffix(3) == ["event 4", "event 3", "event 4"])
        }
    }

    @Test(.timeLimit(.minutes(10))) func `a window finds what no bus has told it of`() async throws {
        try await withLog(events: 3) { log, user, _ in
            let (frames, mailbox) = AsyncStream.makeStream(of: LiveFrame.self)
            let window = LiveWindow(
                userID: user,
                deliver: { frame in
                    mailbox.yield(frame)
                    return .sent
                }, finish: { _ in })
            let hub = LiveHub(limits: LiveLimits(), log: log, telemetry: LiveTelemetry(logger: Logger(label: "test")))
            #expect(hub.open(window) == nil)
            #expect(window.restart(at: [user.personalSpace: 1], with: []) == .sent)
            try await hub.look(after: window)
            await withTaskGroup { group in
                group.addTask { await hub.readMissed() }
                let told = Frames()
                for await frame in frames.prefix(2) { told.append(frame) }
                #expect(told.told == ["event 2", "event 3"])
                group.cancelAll()
            }
        }
    }

    @Test func `a window that follows another's space is told of both, from now on`() async throws {
        try await withLog(events: 3) { log, user, store in
            let ben = User.make()
            let task = TodoTask.make(owner: ben.id)
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.accounts.insert(ben, passwordHash: nil)
                try transaction.tasks.insert(task)
            }
            let add = {
                try await store.write { (transaction) throws(ErrandError) in
                    try transaction.outbox.append(
                        .make(task: task, number: try transaction.outbox.takeChangeNumber(in: ben.id.personalSpace)))
                }
            }
            try await add()
            let frames = Frames()
            let window = LiveWindow(
                userID: user, following: [ben.id.personalSpace],
                deliver: { frame in
                    frames.append(frame)
                    return .sent
                }, finish: { _ in }
            )
            let hub = LiveHub(limits: LiveLimits(), log: log, telemetry: LiveTelemetry(logger: Logger(label: "test")))
            #expect(hub.open(window) == nil)
            try await log.greet(window, from: 1)
            #expect(frames.told == ["hello 1", "event 2", "event 3"], "of the other space only what comes now")
            try await add()
            let events = try await store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: 0, limit: 9)
            }
            await hub.receive(Array(events.suffix(1)))
            #expect(window.place(in: ben.id.personalSpace) == 2)
            #expect(frames.told.last == "event 2")
            hub.close(window)
            try await add()
            await hub.receive(events)
            #expect(frames.told.count == 4, "a closed window is told nothing")
        }
    }

    @Test func `a slow window is waited for, but not for ever`() async throws {
        try await withLog(events: 30, patience: .milliseconds(60)) { log, user, _ in
            let frames = Frames()
            let slow = LiveWindow(
                userID: user,
                deliver: { frame in
                    if frames.told.count == 10 { return .full }
                    frames.append(frame)
                    return .sent
                },
                finish: { #expect($0 == .slow) }
            )
            try await log.greet(slow, from: 0)
            #expect(slow.place(in: user.personalSpace) == nil)
            #expect(frames.told.last == "event 9")
        }
    }

    @Test func `a slow window that lacks something holds up nobody`() async throws {
        try await withLog(events: 3, patience: .seconds(60)) { log, user, store in
            let telemetry = LiveTelemetry(logger: Logger(label: "test"))
            let hub = LiveHub(limits: LiveLimits(), log: log, telemetry: telemetry)
            let (slowFrames, frames) = (Frames(), Frames())
            let slow = LiveWindow(
                userID: user, deliver: { frame in frame == .hello(cursor: 0) ? .sent : .full },
                finish: { _ in slowFrames.append(.reset) })
            let other = LiveWindow(
                userID: user,
                deliver: { frame in
                    frames.append(frame)
                    return .sent
                }, finish: { _ in })
            #expect(hub.open(slow) == nil && hub.open(other) == nil)
            #expect(slow.restart(at: [user.personalSpace: 0], with: [.hello(cursor: 0)]) == .sent)
            #expect(other.restart(at: [user.personalSpace: 1], with: []) == .sent)
            let events = try await store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: 0, limit: 9)
            }
            await withTaskGroup { group in
                group.addTask { await hub.readMissed() }
                // The first change is missing to the slow one, so the log is read for it, which takes its patience.
                await hub.receive(Array(events.dropFirst()))
                #expect(frames.told == ["event 2", "event 3"])
                #expect(slowFrames.told == [], "it is still being waited for")
                group.cancelAll()
            }
        }
    }

    /// What a fresh window is told.
    private func told(
        _ log: LiveLog, _ user: UserID, _ action: (LiveWindow) async throws -> Void
    ) async throws -> [String] {
        let frames = Frames()
        let window = LiveWindow(
            userID: user,
            deliver: { frame in
                frames.append(frame)
                return .sent
            },
            finish: { _ in Issue.record("a window was ended") }
        )
        try await action(window)
        return frames.told
    }

    private func withLog(
        events: Int, patience: Duration = .seconds(1), _ use: (LiveLog, UserID, any Store) async throws -> Void
    ) async throws {
        let database = try SQLiteDatabase.open(.memory) { _ in }
        let store = try await SQLStore.open(over: database) { _ in }
        let user = User.make()
        let task = TodoTask.make(owner: user.id)
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(user, passwordHash: nil)
            try transaction.tasks.insert(task)
            for _ in 0..<events {
                try transaction.outbox.append(
                    .make(task: task, number: try transaction.outbox.takeChangeNumber(in: user.id.personalSpace)))
            }
        }
        let environment = ErrandCore.Environment(
            store: store, now: { .testStart }, makeID: { _ in ID<User>.make().value }, randomBytes: { _ in [] }
        )
        try await use(LiveLog(environment: environment, patience: patience), user.id, store)
        await database.close()
    }
}

/// A store that somebody else changes after the second look at it.
private final class BusyStore: Store {
    private let store: any Store
    private let task: TodoTask
    private let reads = Mutex(0)

    init(_ store: any Store, _ user: UserID) {
        self.store = store
        task = TodoTask.make(owner: user)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        let result = try await store.read(body)
        let count = reads.withLock { count in
            count += 1
            return count
        }
        guard count == 2 else { return result }
        let task = task
        try await store.write { (transaction) throws(ErrandError) in
            let number = try transaction.outbox.takeChangeNumber(in: task.spaceID)
            try transaction.outbox.append(.make(task: task, number: number))
        }
        return result
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws(ErrandError) -> Result
    ) async throws(ErrandError) -> Result {
        try await store.write(body)
    }
}

/// What was delivered.
private final class Frames: Sendable {
    private let all = Mutex<[String]>([])

    var told: [String] { all.withLock { $0 } }

    func append(_ frame: LiveFrame) {
        let text =
            switch frame {
            case .hello(let cursor): "hello \(cursor)"
            case .event(let cursor, _): "event \(cursor)"
            case .reset: "reset"
            }
        all.withLock { $0.append(text) }
    }
}
