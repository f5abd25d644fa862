import CivilTime
import ErrandCore
import Logging

/// Fires the jobs of an app: `POST /job/{name}` with nothing but their data.
struct JobRunner: Sendable {
    /// How often it looks for what is due.
    static let pollInterval = Duration.milliseconds(20)

    let appID: String
    let scheduler: FakeScheduler
    let app: AppChannel
    let retries: RetryPolicy
    let stop: Stop

    /// Until the sidecar stops; callbacks in hand are finished.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !stop.isSet, !Task.isCancelled {
                // Jobs wait for an app that is down.
                if let tick = scheduler.take(of: appID, at: Instant.wallClock()) {
                    if await app.isUp() {
                        group.addTask { await fire(tick) }
                        continue
                    }
                    scheduler.putBack(tick)
                }
                await stop.sleep(for: JobRunner.pollInterval)
            }
        }
    }

    private func fire(_ tick: FakeScheduler.Tick) async {
        let policy = tick.job.failurePolicy ?? .constant(retries)
        var tries = 0
        while await !call(tick.job) {
            guard case .constant(let retries) = policy, retries.allowsAnother(after: tries) else {
                app.logger.error("a tick of job \(tick.job.name) is lost")
                break
            }
            tries += 1
            guard await stop.sleep(for: retries.pause) else {
                scheduler.putBack(tick)
                return
            }
        }
        if app.faults.happens(\.jobFiredTwice) { _ = await call(tick.job) }
        if Task.isCancelled { scheduler.putBack(tick) } else { scheduler.finish(tick) }
    }

    /// - Returns: whether the app has taken it, which is also said by 404.
    private func call(_ job: Job) async -> Bool {
        let request = AppRequest(
            path: "/job/\(job.name)", headers: [("Content-Type", "application/json")],
            body: job.data?.serialized() ?? []
        )
        do throws(AppCallError) {
            let answer = try await app.call(request)
            return 200..<300 ~= answer.status || answer.status == 404
        } catch {
            return false
        }
    }
}
