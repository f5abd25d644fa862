import Synchronization
import TestSupport

/// Lets one of several processes go on at a time, chosen by chance from a seed: every run with the same seed takes
/// the same steps in the same order, whatever the threads do.
final class Baton: Sendable {
    private struct State {
        var generator: SeededGenerator
        var parked: [(process: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var live = 0
        var scheduler: CheckedContinuation<Void, Never>?
        var isOn = true
        /// Steps until everybody is sent home.
        var stepsLeft: Int
        var weights: [Int]
    }

    private let state: Mutex<State>

    /// - Parameter weights: how often each process gets its turn, compared with the others.
    init(seed: UInt64, steps: Int, weights: [Int]) {
        state = Mutex(State(generator: SeededGenerator(seed: seed), stepsLeft: steps, weights: weights))
    }

    /// Whether processes are to go on; afterwards steps no longer wait.
    var isOn: Bool { state.withLock(\.isOn) }

    /// A number below `bound`, by chance.
    func chance(_ bound: Int) -> Int {
        state.withLock { Int.random(in: 0..<bound, using: &$0.generator) }
    }

    /// Waits for this process's turn.
    func step(_ process: Int) async {
        guard isOn else { return }
        await withCheckedContinuation { continuation in
            let scheduler = state.withLock { state in
                state.parked.append((process, continuation))
                return state.parked.count == state.live ? state.scheduler.take() : nil
            }
            scheduler?.resume()
        }
    }

    /// Runs the processes until the steps are used up.
    func run(_ processes: [@Sendable () async -> Void]) async {
        state.withLock { $0.live = processes.count }
        await withTaskGroup { group in
            for process in processes {
                group.addTask {
                    await process()
                    self.leave()
                }
            }
            while await turn() {}
            await group.waitForAll()
        }
    }

    private func leave() {
        let scheduler = state.withLock { state in
            state.live -= 1
            return state.parked.count == state.live ? state.scheduler.take() : nil
        }
        scheduler?.resume()
    }

    /// Waits until everybody waits, then lets one go on. Returns false when nobody is left.
    private func turn() async -> Bool {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.parked.count == state.live { return true }
                state.scheduler = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.stepsLeft -= 1
            // From then on whoever gets the turn goes on to its end.
            if state.stepsLeft <= 0 { state.isOn = false }
            // Who arrived first is left to the threads; the order of their numbers is not.
            state.parked.sort { $0.process < $1.process }
            let total = state.parked.reduce(0) { $0 + state.weights[$1.process] }
            guard total > 0 else { return nil }
            var left = Int.random(in: 0..<total, using: &state.generator)
            for (index, parked) in state.parked.enumerated() {
                left -= state.weights[parked.process]
                if left < 0 { return state.parked.remove(at: index).continuation }
            }
            return nil
        }
        next?.resume()
        return next != nil
    }
}
