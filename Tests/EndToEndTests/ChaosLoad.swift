import CivilTime
import ErrandCore
import Foundation
import Synchronization

/// What was acknowledged.
final class Ledger: Sendable {
    struct Entry: Sendable {
        let kind: String
        let task: String
    }

    private let all = Mutex<[Entry]>([])
    private let isClosed = Mutex(false)

    var entries: [Entry] { all.withLock { $0 } }
    /// Whether more is to be written.
    var isOpen: Bool { !isClosed.withLock { $0 } }

    func close() { isClosed.withLock { $0 = true } }

    func note(_ kind: String, _ task: JSONValue) {
        guard let id = task["id"]?.string else { return }
        all.withLock { $0.append(Entry(kind: kind, task: id)) }
    }
}

/// One user's program: adds tasks, edits and completes them, and keeps a series going.
struct Load {
    private let client: APIClient
    private let ledger: Ledger
    private let number: Int

    init(_ client: APIClient, _ ledger: Ledger, _ number: Int) {
        self.client = client
        self.ledger = ledger
        self.number = number
    }

    func run() async {
        while ledger.isOpen {
            switch number {
            case 0: await plain()
            case 1: await reminded()
            default: await series()
            }
        }
    }

    private func plain() async {
        let path = "/api/v1/tasks"
        guard let made = await client.send("POST", path, ["title": .string("Plain \(number)")]) else {
            return await wait()
        }
        guard made.status == 201, let id = made.json["id"]?.string else { return await wait() }
        ledger.note("task.created", made.json)
        if let edited = await client.send("PATCH", "\(path)/\(id)", ["priority": "high"]), edited.status == 200 {
            ledger.note("task.updated", edited.json)
        }
        if let done = await client.send("POST", "\(path)/\(id)/complete"), done.status == 200 {
            ledger.note("task.completed", done.json)
        }
    }

    /// A task that nobody touches, with a reminder that comes soon.
    private func reminded() async {
        let at = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) + 1_500).description
        let form: JSONValue = [
            "title": .string("Reminded \(number)"), "reminders": [["kind": "absolute", "at": .string(at)]],
        ]
        guard let made = await client.send("POST", "/api/v1/tasks", form) else { return await wait() }
        guard made.status == 201 else { return await wait() }
        ledger.note("task.created", made.json)
        ledger.note("reminder.trigger", made.json)
        try? await Task.sleep(for: .milliseconds(20))
    }

    private func series() async {
        let form: JSONValue = ["title": .string("Series \(number)"), "recurring": "daily"]
        guard let made = await client.send("POST", "/api/v1/tasks/recurring", form) else { return await wait() }
        guard made.status == 201, let id = made.json["id"]?.string else { return await wait() }
        ledger.note("task.created", made.json)
        if let done = await client.send("POST", "/api/v1/tasks/\(id)/complete"), done.status == 200 {
            ledger.note("task.completed", done.json)
        }
    }

    /// Nobody answers: the server is being started again.
    private func wait() async {
        try? await Task.sleep(for: .milliseconds(5))
    }
}
