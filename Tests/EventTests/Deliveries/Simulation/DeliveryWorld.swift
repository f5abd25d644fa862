import CivilTime
import ErrandCore
import NotificationService
import Synchronization
import TestSupport

/// What all processes of one simulated run share: the data, the servers that are sent to, the time, and bad luck.
final class DeliveryWorld: Sendable {
    let data = Mutex(DeliveryData())
    private let clock = ManualClock()
    private let baton: Baton
    /// How often a process ends, and how often the store fails, of a thousand steps.
    private let luck: (crash: Int, failure: Int)
    private let violations = Mutex<[String]>([])
    private let servers = Mutex(Servers())
    private let ended = Mutex<Set<Int>>([])

    /// What the servers at the other end have seen.
    struct Servers: Sendable {
        /// How often each delivery was taken.
        var taken: [DeliveryID: Int] = [:]
        /// How often it was taken, and nobody heard of it.
        var windows: [DeliveryID: Int] = [:]
    }

    init(baton: Baton, luck: (crash: Int, failure: Int)) {
        self.baton = baton
        self.luck = luck
    }

    var now: Instant { clock.now() }
    var problems: [String] { violations.withLock { $0 } }
    var seen: Servers { servers.withLock { $0 } }

    func report(_ problem: String) { violations.withLock { $0.append(problem) } }

    /// Every process takes some time over each step, and now and then a long one.
    private func step(_ process: Int) async {
        await baton.step(process)
        guard baton.isOn else { return }
        let pause: Duration = baton.chance(12) == 0 ? .seconds(Int64(baton.chance(120))) : .milliseconds(20)
        clock.advance(by: pause)
    }

    /// - Throws: ``ErrandError/cancelled`` for the end of the process, ``ErrandError/unavailable`` for a failure.
    func pass(_ process: Int) async throws(ErrandError) {
        await step(process)
        if ended.withLock({ $0.remove(process) != nil }) { throw .cancelled }
        guard baton.isOn else { return }
        let roll = baton.chance(1_000)
        if roll < luck.crash { throw .cancelled }
        if roll < luck.crash + luck.failure { throw .unavailable }
    }

    /// Commits, and checks what must hold after every commit.
    func commit(_ new: DeliveryData) {
        data.withLock { old in
            for (before, after) in zip(old.deliveries, new.deliveries) where before != after {
                if !before.state.isOpen { report("\(before.id) had ended, and is \(after.state)") }
                if after.state == .delivered, (seen.taken[after.id] ?? 0) == 0 {
                    report("nobody has taken \(after.id)")
                }
                if after.attempts < before.attempts { report("\(after.id) forgets an attempt") }
            }
            old = new
        }
    }

    /// One send: what the server does, and what the sender hears of it.
    func send(_ attempt: DeliveryAttempt, by process: Int) async -> DeliveryOutcome {
        let row = data.withLock { data in data.deliveries.first { $0.id == attempt.deliveryID } }
        if row?.state.isOpen != true { report("\(attempt.deliveryID) is sent after its end") }
        await step(process)
        let roll = baton.isOn ? baton.chance(100) : 99
        switch roll {
        case 0..<8: return .retry(after: nil, reason: "503")
        case 8..<12: return .retry(after: .seconds(Int64(baton.chance(300))), reason: "429")
        case 12..<16: return .retry(after: nil, reason: "reset")
        default: break
        }
        servers.withLock { $0.taken[attempt.deliveryID, default: 0] += 1 }
        // It is taken; what follows can get lost.
        await step(process)
        switch roll {
        case 16..<22: lose(attempt)
        case 22..<28:
            lose(attempt)
            _ = ended.withLock { $0.insert(process) }
        default: return .delivered(evidence: "201")
        }
        return .retry(after: nil, reason: "It took too long.")
    }

    private func lose(_ attempt: DeliveryAttempt) {
        servers.withLock { $0.windows[attempt.deliveryID, default: 0] += 1 }
    }

    /// The result of a send that was taken could not be written down.
    func noteUnrecorded(_ id: DeliveryID) {
        servers.withLock { $0.windows[id, default: 0] += 1 }
    }

    /// Goes on to when the next thing is due.
    func skipAhead() -> Bool {
        guard let next = data.withLock({ $0.deliveries.compactMap(\.nextAt).min() }) else { return false }
        if next > now { clock.set(next) }
        return true
    }
}

/// A channel whose servers are those of the world.
struct WorldChannel: NotificationChannel {
    let kind: ChannelKind
    let world: DeliveryWorld
    let process: Int

    func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        await world.send(attempt, by: process)
    }
}
