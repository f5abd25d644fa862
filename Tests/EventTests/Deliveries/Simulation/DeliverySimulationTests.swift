import CivilTime
import ErrandCore
import Foundation
import NotificationService
import Synchronization
import TestSupport
import Testing

/// Deliveries under every kind of bad luck that a seed can bring about: servers that fail, ask for patience, or take
/// what they are sent and never say so; processes that end at any step; two processes for each channel.
@Suite struct DeliverySimulationTests {
    /// More by ERRAND_TEST_DELIVERY_SCHEDULES.
    private static let count =
        ProcessInfo.processInfo.environment["ERRAND_TEST_DELIVERY_SCHEDULES"].flatMap { UInt64($0) } ?? 1_500

    @Test func `each user gets each reminder once per channel, or what is doubled was never heard of`() async {
        var (sent, windows, doubled) = (0, 0, 0)
        for seed in 0..<Self.count {
            let result = await DeliverySchedule(seed: seed).run()
            if !result.problems.isEmpty {
                Issue.record("seed \(seed): \(result.problems)")
                return
            }
            sent += result.sent
            windows += result.windows
            doubled += result.doubled
        }
        #expect(sent > 0 && windows > 0, "bad luck has come about")
        #expect(doubled <= windows, "\(doubled) of \(sent) twice, \(windows) windows")
        #expect(windows < sent / 3)
    }
}

/// One simulated run.
struct DeliverySchedule: Sendable {
    struct Result: Sendable {
        var problems: [String]
        /// Deliveries that were taken by their server.
        var sent = 0
        /// How often one was taken and nobody heard of it.
        var windows = 0
        /// How often a server was sent one again.
        var doubled = 0
    }

    private static let kinds: [ChannelKind] = [.webPush, .webhook]
    private let baton: Baton
    private let world: DeliveryWorld
    private let generator: @Sendable (Instant) -> UniqueID

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func any(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        func id<Entity>() -> ID<Entity> { ID(.version7(at: .testStart, using: &random)) }
        baton = Baton(seed: seed, steps: any(40...400), weights: (0..<4).map { _ in any(1...5) })
        world = DeliveryWorld(baton: baton, luck: (crash: any(0...40), failure: any(0...30)))
        let first = UniqueID.version7(at: .testStart, using: &random)
        generator = { _ in first }
        var data = DeliveryData()
        for _ in 0..<any(1...3) {
            let user = User.make(id: id())
            data.users[user.id] = user
            let destinations = Self.kinds.map { ChannelDestination.make(id: id(), user: user.id, kind: $0) }
            for one in destinations { data.destinations[one.id] = one }
            for number in 0..<any(1...3) {
                let task = TodoTask.make(id: id(), owner: user.id, number: Int64(number + 1))
                data.tasks[task.id] = task
                let notification = Notification.make(id: id(), user: user.id, task: task.id)
                data.notifications[notification.id] = notification
                for one in destinations { data.deliveries.append(.make(id: id(), of: notification, to: one)) }
            }
        }
        let made = data
        world.data.withLock { $0 = made }
    }

    func run() async -> Result {
        await baton.run([{ await work(0) }, { await work(1) }, { await work(2) }, { await work(3) }])
        await finish()
        return judge()
    }

    private func loop(_ process: Int) -> DeliveryLoop {
        let environment = ErrandCore.Environment(
            store: DeliveryModelStore(world: world, process: process), now: { world.now }, makeID: generator,
            randomBytes: { Array(repeating: 0, count: $0) }
        )
        return DeliveryLoop(
            environment: environment,
            channel: WorldChannel(kind: Self.kinds[process % 2], world: world, process: process),
            pace: ChannelPace(concurrency: 1, concurrencyPerHost: 1, timeLimit: .seconds(10)), clock: StandingClock()
        )
    }

    /// A process that begins anew whenever it has ended.
    private func work(_ process: Int) async {
        while baton.isOn { _ = try? await loop(process).runOnce() }
    }

    /// A quiet time, in which everything comes to its end.
    private func finish() async {
        for _ in 0..<200 {
            for process in 0..<Self.kinds.count { _ = try? await loop(process).runOnce() }
            guard world.skipAhead() else { return }
        }
        world.report("there is no end to it")
    }

    private func judge() -> Result {
        let (deliveries, seen) = (world.data.withLock(\.deliveries), world.seen)
        var result = Result(problems: world.problems)
        for one in deliveries {
            let taken = seen.taken[one.id] ?? 0
            if one.state.isOpen { result.problems.append("\(one.id) is left \(one.state)") }
            if one.state != .delivered { result.problems.append("\(one.id) is \(one.state): \(one.reason ?? "")") }
            if taken == 0 { result.problems.append("\(one.id) has got to nobody") }
            result.sent += taken > 0 ? 1 : 0
            let windows = seen.windows[one.id] ?? 0
            if taken - 1 > windows { result.problems.append("\(one.id) got there \(taken) times, \(windows) windows") }
            result.doubled += max(taken - 1, 0)
            result.windows += windows
        }
        return result
    }
}
