import CivilTime
import ErrandCore
import Foundation
import LocalServers
import NIOHTTP1
import Synchronization
import TestSupport

/// The servers that people have reminders sent to. Keep what comes, and when.
final class Receivers: Sendable {
    enum Health: String, CaseIterable, Sendable {
        /// Takes everything.
        case healthy
        /// Asks for patience, has trouble, hangs up or says nothing, by a fixed seed.
        case flaky
        /// Lets itself be connected to, and never says anything: nothing holds a sender up for longer.
        case dead
    }

    /// A reminder at one of its channels.
    struct Place: Hashable, Sendable {
        /// As its owner calls it.
        let channel: String
        /// The number in its title.
        let reminder: Int
    }

    struct Arrival: Sendable {
        let at: Instant
        /// The `webhook-id`; nil where the kind has none.
        let key: String?
        /// Whether it was answered by 2xx.
        let isTaken: Bool
    }

    private struct State {
        var arrivals: [Place: [Arrival]] = [:]
        var ports: [Health: Int] = [:]
        var strangers = 0
    }

    private let state = Mutex(State())
    private let seed: UInt64

    var arrivals: [Place: [Arrival]] { state.withLock(\.arrivals) }
    /// What came and was no reminder.
    var strangers: Int { state.withLock(\.strangers) }

    private init(seed: UInt64) {
        self.seed = seed
    }

    /// Runs a server of each health for as long as `use` takes.
    static func with(seed: UInt64, _ use: (Receivers) async throws -> Void) async throws {
        let all = Receivers(seed: seed)
        try await LocalServer.with({ all.answer($0, .healthy) }) { healthy in
            try await LocalServer.with({ all.answer($0, .flaky) }) { flaky in
                try await LocalServer.with({ all.answer($0, .dead) }) { dead in
                    all.state.withLock {
                        $0.ports = [.healthy: healthy.port, .flaky: flaky.port, .dead: dead.port]
                    }
                    try await use(all)
                }
            }
        }
    }

    /// Where one is called. What is not well has another name than what is: senders share out their places by name.
    func url(_ health: Health) -> String {
        let port = state.withLock { $0.ports[health] ?? 0 }
        return "http://\(health == .healthy ? "localhost" : "127.0.0.1"):\(port)"
    }

    private func answer(_ request: LocalServer.Request, _ health: Health) -> LocalServer.Reply {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        guard let place = place(of: request) else {
            state.withLock { $0.strangers += 1 }
            return .answer(400)
        }
        let key = request.headers.first(name: "webhook-id")
        return state.withLock { state in
            let before = state.arrivals[place, default: []].count
            let reply = reply(health, place, before)
            let isTaken = if case .answer(200...299, _, _) = reply { true } else { false }
            state.arrivals[place, default: []].append(Arrival(at: now, key: key, isTaken: isTaken))
            return reply
        }
    }

    /// A webhook says the channel in its path, ntfy in its topic.
    private func place(of request: LocalServer.Request) -> Place? {
        guard let json = try? JSONValue.parse(request.body) else { return nil }
        let isReminder = json["topic"] != nil || json["type"]?.string == "reminder"
        let channel = json["topic"]?.string ?? String(request.target.dropFirst())
        let title = json["title"]?.string ?? json["data"]?["title"]?.string ?? ""
        guard isReminder, let number = Torture.number(in: title) else { return nil }
        return Place(channel: channel, reminder: number)
    }

    /// The same for the same reminder at the same attempt, in every run.
    private func reply(_ health: Health, _ place: Place, _ before: Int) -> LocalServer.Reply {
        switch health {
        case .healthy: return .answer(200)
        case .dead: return .silence
        case .flaky:
            var random = SeededGenerator(seed: seed &+ UInt64(place.reminder) &* 1_000 &+ UInt64(before))
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<12: return .answer(429, headers: [("Retry-After", "1")])
            case 12..<17: return .answer(503, headers: [("Retry-After", "1")])
            case 17..<19: return .answer(500)
            case 19..<21: return .hangUp
            case 21: return .silence
            default: return .answer(200)
            }
        }
    }
}
