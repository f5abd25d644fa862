import ArgumentParser
import CivilTime
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Synchronization

/// Reminders that come due over a minute, and many at one instant, on a SQLite file (`synchronous=FULL`).
struct RemindersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reminders", abstract: "Fire reminders at their time, and a burst."
    )

    @Option(help: "Reminders spread over the time.") var count = 100_000
    @Option(help: "Seconds they are spread over.") var seconds = 60
    @Option(help: "Reminders at one instant.") var burst = 20_000

    func run() async throws {
        let columns = ["reminders", "fired", "twice", "wall s", "lateness p50 ms", "p90", "p99", "max"]
        Table.heading("reminders", columns)
        try await measure("\(count) over \(seconds) s", count, spread: .seconds(seconds))
        try await measure("\(burst) at one instant", burst, spread: .zero)
    }

    private func measure(_ name: String, _ count: Int, spread: Duration) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let bench = try await RemindersBench(file: folder.appending(path: "errand.sqlite").path())
        let first = try await bench.fill(count, spread: spread)
        let result = try await bench.run(from: first, count: count)
        Table.row(name, "\(result.fired) | \(result.twice) | \(result.wall) | \(result.latencies.columns)")
        await bench.close()
    }
}

/// A clock that can be set forward: filling takes time that nobody wants to wait for.
private final class ShiftedClock: Sendable {
    private let shift = Mutex(Duration.zero)

    var now: Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + shift.withLock { $0 }
    }

    func set(to instant: Instant) {
        let difference = instant - now
        shift.withLock { $0 += difference }
    }
}

private struct RemindersBench: Sendable {
    struct Result {
        var fired = 0
        var twice = 0
        var wall = ""
        var latencies = Latencies()
    }

    private let database: SQLiteDatabase
    private let environment: ErrandCore.Environment
    private let clock = ShiftedClock()
    private let me: Principal

    init(file: String) async throws {
        database = try SQLiteDatabase.open(.file(path: file)) { _ in }
        let store = try await SQLStore.open(over: database) { _ in }
        let clock = clock
        environment = ErrandCore.Environment(
            store: store, now: { clock.now },
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
        me = try await OperationsBench.principal("me", environment)
    }

    func close() async { await database.close() }

    /// - Returns: when the first is due.
    func fill(_ count: Int, spread: Duration) async throws -> Instant {
        let operations = Operations(environment: environment)
        let first = clock.now + .hours(2)
        for start in stride(from: 0, to: count, by: 100) {
            let commands = (start..<min(start + 100, count)).map { index -> JSONValue in
                let at = (first + spread * index / count).description
                let args: JSONValue = ["title": .string("Reminder \(index)"), "reminders": [["at": .string(at)]]]
                return ["id": .string("\(index)"), "op": "create", "args": args]
            }
            _ = try await operations.perform(RunBatch(["commands": .array(commands)]), as: me)
        }
        return first
    }

    /// The loop of the program: fire what is due, wait exactly until the next.
    func run(from first: Instant, count: Int) async throws -> Result {
        clock.set(to: first - .milliseconds(500))
        let reminders = ReminderClock(environment: environment)
        var result = Result()
        let start = ContinuousClock.now
        var deadline = start + .seconds(180)
        while result.fired < count, ContinuousClock.now < deadline {
            let report = try await reminders.runOnce()
            // A reminder is late until its event is durable.
            let committed = environment.now() - (report.firedAt ?? environment.now())
            for lateness in report.lateness { result.latencies.record(lateness + committed) }
            result.fired += report.fired
            if report.isPartial { continue }
            guard let next = report.next else { break }
            let pause = next - environment.now()
            if pause > .zero { try await Task.sleep(for: pause) }
        }
        deadline = ContinuousClock.now
        let hundredths = Int(((deadline - start) / .seconds(1) - 0.5) * 100)
        result.wall = "\(hundredths / 100).\(hundredths % 100)"
        result.twice = try await countRepeats()
        return result
    }

    private func countRepeats() async throws -> Int {
        var seen: Set<String> = []
        var repeats = 0
        var place: Int64 = 0
        while true {
            let from = place
            let events = try await environment.store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: from, limit: 1_000)
            }
            guard let last = events.last else { return repeats }
            place = last.sequence
            for event in events where event.event.type == .reminderTrigger {
                if !seen.insert(event.event.subject.id.description).inserted { repeats += 1 }
            }
        }
    }
}
