import CivilTime
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Testing

/// The real program, killed again and again while reminders come due.
@Suite(.serialized) struct ReminderCrashTests {
    /// More by ERRAND_TEST_REMINDERS: 100000 is what the documents promise.
    private static let count =
        ProcessInfo.processInfo.environment["ERRAND_TEST_REMINDERS"].flatMap { Int($0) } ?? 2_000
    private static let kills = 10

    @Test func `ten times kill -9 while reminders come due: none is lost, none comes twice`() async throws {
        try await withTemporaryFolder { try await killAgainAndAgain(in: $0) }
    }

    private func killAgainAndAgain(in folder: URL) async throws {
        let ports = try ServerProcess.freePorts()
        var server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
        let client = await APIClient(port: ports.public).signedUp("ana")
        let spread = Self.count > 10_000 ? 60.0 : 8.0
        // Filling takes as long as this machine is busy; the first is due after that.
        let hundred = try await ContinuousClock().measure { try await rehearse(client) }
        let first = Date().addingTimeInterval(5 + 3 * (hundred / .seconds(1)) * Double(Self.count) / 100)
        try await fill(client, from: first, over: spread)
        #expect(Date() < first, "all were there before the first came due")
        for kill in 0..<Self.kills {
            let moment = first.addingTimeInterval(spread * (Double(kill) + 0.5) / Double(Self.kills + 1))
            try await Task.sleep(for: .seconds(max(moment.timeIntervalSinceNow, 0.05)))
            try await server.killNow()
            server = try await ServerProcess(data: folder, port: ports.public, internalPort: ports.internal)
        }
        try await Task.sleep(for: .seconds(max(first.addingTimeInterval(spread + 2).timeIntervalSinceNow, 2)))
        try await server.stop()
        try await check(folder.appending(path: "errand.sqlite"))
    }

    /// A hundred tasks that remind of nothing.
    private func rehearse(_ client: APIClient) async throws {
        let commands = (0..<100).map { index -> JSONValue in
            ["id": .string("r\(index)"), "op": "create", "args": ["title": .string("Rehearsal \(index)")]]
        }
        let answer = await client.send("POST", "/api/v1/tasks/batch", ["commands": .array(commands)])
        #expect(answer?.status == 200)
    }

    private func fill(_ client: APIClient, from first: Date, over spread: Double) async throws {
        for start in stride(from: 0, to: Self.count, by: 100) {
            let commands = (start..<min(start + 100, Self.count)).map { index -> JSONValue in
                let seconds = first.timeIntervalSince1970 + spread * Double(index) / Double(Self.count)
                let at = Instant(milliseconds: Int64(seconds * 1000)).description
                let args: JSONValue = [
                    "title": .string("Reminder \(index)"), "reminders": [["kind": "absolute", "at": .string(at)]],
                ]
                return ["id": .string("\(index)"), "op": "create", "args": args]
            }
            let answer = await client.send("POST", "/api/v1/tasks/batch", ["commands": .array(commands)])
            #expect(answer?.status == 200)
        }
    }

    /// What lies in the database in the end is what consumers are told.
    private func check(_ file: URL) async throws {
        let database = try SQLiteDatabase.open(.file(path: file.path(percentEncoded: false))) { _ in }
        let store = try await SQLStore.open(over: database) { _ in }
        var seen: [String: Int] = [:]
        var lateness: [Duration] = []
        var place: Int64 = 0
        while true {
            let from = place
            let events = try await store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: from, limit: 1_000)
            }
            guard let last = events.last else { break }
            place = last.sequence
            for event in events where event.event.type == .reminderTrigger {
                let json = try JSONValue.parse(event.event.data)
                seen[json["payload"]?["reminder_id"]?.string ?? "", default: 0] += 1
                let fired = try #require(json["timestamp"]?.string.flatMap { Instant($0) })
                let meant = try #require(json["payload"]?["remind_at"]?.string.flatMap { Instant($0) })
                lateness.append(fired - meant)
            }
        }
        let left = try await store.read { (transaction) throws(ErrandError) in
            try transaction.reminders.nextInstant()
        }
        await database.close()
        #expect(left == nil, "none waits any more")
        #expect(seen.count == Self.count, "none is lost")
        #expect(seen.values.allSatisfy { $0 == 1 }, "none comes twice")
        lateness.sort()
        #expect(lateness.first.map { $0 >= .zero } == true, "none comes early")
        let high = lateness[lateness.count * 99 / 100]
        #expect(high < .seconds(3), "p99 of lateness, restarts included: \(high)")
        if Self.count > 10_000 { FileHandle.standardError.write(Data("p99 of lateness: \(high)\n".utf8)) }
    }
}
