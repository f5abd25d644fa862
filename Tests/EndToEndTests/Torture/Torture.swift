import CivilTime
import ErrandCore
import Foundation
import TestSupport
import Testing

/// Many people, each with channels that are well and channels that are not, and reminders that come due in one window,
/// evenly.
struct Torture: Sendable {
    /// Of all people together.
    let reminders: Int
    /// From the first to the last.
    let spread: Duration
    /// A multiple of four: as many kinds of people there are.
    let people: Int
    let seed: UInt64
    /// The load of the last minute on each core: see ``busyness()``.
    let busyness: Double

    /// (proc(5))
    static func busyness() -> Double {
        let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
        let load = text.split(separator: " ").first.flatMap { Double($0) } ?? 0
        return load / Double(ProcessInfo.processInfo.activeProcessorCount)
    }

    struct Person: Sendable {
        let client: APIClient
        let channels: [Channel]
    }

    struct Channel: Hashable, Sendable {
        let name: String
        let kind: ChannelKind
        let health: Receivers.Health
    }

    struct Kill: Sendable {
        let at: Instant
        /// When another process had taken its place.
        let back: Instant
    }

    static func title(_ number: Int) -> String { "Reminder \(number)" }

    static func number(in title: String) -> Int? {
        title.hasPrefix("Reminder ") ? Int(title.dropFirst("Reminder ".count)) : nil
    }

    static func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// Whose a reminder is.
    func person(of reminder: Int) -> Int { reminder % people }

    /// Filling takes a while, on a machine that is busy with others a longer one: the first is due after that.
    var fillTime: Duration { .milliseconds(10_000 + Int(5 * min(max(busyness, 1), 3)) * reminders) }

    /// Each has a channel that is well, beside one of the same kind or of the other that is not.
    func channels(of person: Int) -> [Channel] {
        let pairs: [[(ChannelKind, Receivers.Health)]] = [
            [(.webhook, .healthy), (.ntfy, .dead)], [(.ntfy, .healthy), (.webhook, .flaky)],
            [(.webhook, .healthy), (.webhook, .flaky)], [(.ntfy, .healthy), (.ntfy, .dead)],
        ]
        return pairs[person % pairs.count].map { kind, health in
            Channel(name: "p\(person)-\(kind.rawValue)-\(health.rawValue)", kind: kind, health: health)
        }
    }

    /// Signs people up, with their channels; they want to hear of reminders alone.
    func gather(at doors: [Int], _ receivers: Receivers) async throws -> [Person] {
        var all: [Person] = []
        for number in 0..<people {
            let client = await APIClient(port: doors[number % doors.count]).signedUp("person\(number)")
            let settings = await client.send("PATCH", "/api/v1/me", ["notifications": ["task_event": []]])
            #expect(settings?.status == 200)
            let channels = channels(of: number)
            for channel in channels {
                let url = receivers.url(channel.health)
                var form: JSONObject = ["kind": .string(channel.kind.rawValue), "name": .string(channel.name)]
                if channel.kind == .webhook {
                    form["url"] = .string("\(url)/\(channel.name)")
                } else {
                    (form["server"], form["topic"]) = (.string(url), .string(channel.name))
                }
                let made = await client.send("POST", "/api/v1/notifications/channels", .object(form))
                #expect(made?.status == 201)
            }
            all.append(Person(client: client, channels: channels))
        }
        return all
    }

    /// When a reminder is due.
    func instant(of reminder: Int, from first: Instant) -> Instant {
        first + spread * Double(reminder) / Double(reminders)
    }

    /// Adds all tasks, four people at a time.
    func fill(_ all: [Person], from first: Instant) async {
        await withTaskGroup(of: Void.self) { group in
            for (number, person) in all.enumerated() {
                if number >= 4 { await group.next() }
                group.addTask { await fill(person, number, from: first) }
            }
        }
        #expect(Torture.now() < first, "all were there before the first came due")
    }

    private func fill(_ person: Person, _ number: Int, from first: Instant) async {
        let own = (0..<reminders).filter { self.person(of: $0) == number }
        for start in stride(from: 0, to: own.count, by: 100) {
            let args = own[start..<min(start + 100, own.count)].map { reminder -> JSONValue in
                let at = instant(of: reminder, from: first).description
                return [
                    "title": .string(Torture.title(reminder)),
                    "reminders": [["kind": "absolute", "at": .string(at)]],
                ]
            }
            let isDone = await person.client.batch("create", args)
            #expect(isDone)
        }
    }

    /// Kills one of the processes that send, again and again while reminders come due, and puts another in its place.
    func kill(_ cluster: Cluster, from first: Instant) async throws -> [Kill] {
        var random = SeededGenerator(seed: seed)
        let senders = cluster.members.indices.filter { cluster.members[$0].role == .notificationService }
        var kills: [Kill] = []
        let wait = max(first - Torture.now(), .zero)
        try await Task.sleep(for: wait)
        while true {
            try await Task.sleep(for: .milliseconds(Int.random(in: 1_000...5_000, using: &random)))
            guard Torture.now() < first + spread, let one = senders.randomElement(using: &random) else { return kills }
            let at = Torture.now()
            try await cluster.replace(one)
            kills.append(Kill(at: at, back: Torture.now()))
        }
    }
}
