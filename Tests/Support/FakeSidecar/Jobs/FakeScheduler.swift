import CivilTime
import Synchronization

/// The Scheduler service of a cluster: keeps the jobs of all apps, and gives a tick to one sidecar of the app.
final class FakeScheduler: Sendable {
    private struct Key: Hashable {
        let appID: String
        let name: String
    }

    private struct Entry {
        var job: Job
        /// Changes when the job is overwritten, so that a tick of the old one does not move the new one on.
        var version: Int
        /// A sidecar has its tick in hand: ticks of one job never overlap.
        var isFiring = false
    }

    /// A due tick in the hands of one sidecar.
    struct Tick: Sendable {
        let appID: String
        let job: Job
        fileprivate let version: Int
    }

    private let state = Mutex<(jobs: [Key: Entry], version: Int)>(([:], 0))

    /// - Returns: false when there is one of this name and it is not to be overwritten.
    func schedule(_ job: Job, of appID: String, overwriting: Bool) -> Bool {
        state.withLock { state in
            let key = Key(appID: appID, name: job.name)
            guard overwriting || state.jobs[key] == nil else { return false }
            state.version += 1
            state.jobs[key] = Entry(job: job, version: state.version)
            return true
        }
    }

    func job(_ name: String, of appID: String) -> Job? {
        state.withLock { $0.jobs[Key(appID: appID, name: name)]?.job }
    }

    func delete(_ name: String, of appID: String) {
        state.withLock { $0.jobs[Key(appID: appID, name: name)] = nil }
    }

    /// Takes the tick that has been due for longest. Whoever takes it finishes it or puts it back.
    func take(of appID: String, at now: Instant) -> Tick? {
        state.withLock { state in
            let due = state.jobs.filter { $0.key.appID == appID && !$0.value.isFiring && $0.value.job.dueAt <= now }
            guard let (key, entry) = due.min(by: { $0.value.job.dueAt < $1.value.job.dueAt }) else { return nil }
            state.jobs[key]?.isFiring = true
            return Tick(appID: appID, job: entry.job, version: entry.version)
        }
    }

    /// The tick is over, done or lost.
    func finish(_ tick: Tick) {
        change(tick) { entry in tick.job.afterTick().map { Entry(job: $0, version: entry.version) } }
    }

    /// Nobody has seen the tick through: it is due again.
    func putBack(_ tick: Tick) {
        change(tick) { Entry(job: $0.job, version: $0.version) }
    }

    private func change(_ tick: Tick, _ body: (Entry) -> Entry?) {
        state.withLock { state in
            let key = Key(appID: tick.appID, name: tick.job.name)
            guard let entry = state.jobs[key], entry.version == tick.version else { return }
            state.jobs[key] = body(entry)
        }
    }
}
