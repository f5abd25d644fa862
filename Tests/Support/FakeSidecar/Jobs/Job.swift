import CivilTime
import ErrandCore

/// A job of the [Jobs API](https://docs.dapr.io/reference/api/jobs_api/).
///
/// Of schedules only `@every <duration>` is understood; cron expressions, `ttl` and ISO 8601 durations are refused,
/// so that nobody takes them for kept.
struct Job: Sendable {
    enum FailurePolicy: Hashable, Sendable {
        case constant(RetryPolicy)
        case drop
    }

    let name: String
    /// The body of the request.
    let request: JSONObject
    let data: JSONValue?
    let interval: Duration?
    /// Nil when nothing is said.
    let failurePolicy: FailurePolicy?
    /// When it fires next.
    var dueAt: Instant
    /// How often it still fires; nil: for ever.
    var ticksLeft: Int?

    init(_ name: String, _ body: JSONObject, now: Instant) throws(APIError) {
        self.name = name
        request = body
        data = body["data"]
        interval = try body["schedule"]?.string.map { (text) throws(APIError) in try Job.interval(text) }
        failurePolicy = try Job.failurePolicy(body["failurePolicy"])
        let due = try body["dueTime"]?.string.map { (text) throws(APIError) in try Job.instant(text, now: now) }
        if body["ttl"] != nil { throw Job.notStored("ttl is not known to this double") }
        switch (due, interval) {
        case (nil, nil):
            throw APIError(
                400, "DAPR_SCHEDULER_SCHEDULE_EMPTY", "Schedule and due time can't both be empty",
                reason: "DAPR_SCHEDULER_SCHEDULE_EMPTY"
            )
        case (let due?, _): dueAt = due
        case (nil, let interval?): dueAt = now + interval
        }
        ticksLeft = interval == nil ? 1 : body["repeats"]?.integer.map(Int.init)
        guard (ticksLeft ?? 1) > 0 else { throw Job.notStored("repeats must be 1 or more") }
    }

    /// After a tick is done: when the next one is due, counted from this one, so that missed ticks are made up for.
    ///
    /// - Returns: nil when that was the last.
    func afterTick() -> Job? {
        var next = self
        next.ticksLeft = ticksLeft.map { $0 - 1 }
        guard let interval, next.ticksLeft != 0 else { return nil }
        next.dueAt = dueAt + interval
        return next
    }

    private static func interval(_ schedule: String) throws(APIError) -> Duration {
        guard schedule.hasPrefix("@every "), let every = GoDuration(schedule.dropFirst(7)), every.duration > .zero
        else {
            throw notStored("schedule \(schedule) is not known to this double")
        }
        return every.duration
    }

    private static func instant(_ dueTime: String, now: Instant) throws(APIError) -> Instant {
        if let instant = Instant(dueTime) { return instant }
        guard let wait = GoDuration(dueTime) else { throw notStored("dueTime \(dueTime) is not understood") }
        return now + wait.duration
    }

    private static func failurePolicy(_ value: JSONValue?) throws(APIError) -> FailurePolicy? {
        guard let value else { return nil }
        if value["drop"] != nil { return .drop }
        guard let constant = value["constant"] else { throw notStored("failurePolicy is not understood") }
        let interval = constant["interval"]?.string.flatMap { GoDuration($0) }?.duration ?? .zero
        return .constant(RetryPolicy(maxRetries: constant["maxRetries"]?.integer.map(Int.init), pause: interval))
    }

    /// Whatever the scheduler does not understand is its failure, not the caller's.
    private static func notStored(_ message: String) -> APIError {
        APIError(500, "DAPR_SCHEDULER_SCHEDULE_JOB", message, reason: "DAPR_SCHEDULER_SCHEDULE_JOB")
    }
}
