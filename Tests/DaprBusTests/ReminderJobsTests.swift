import CivilTime
import DaprBus
import ErrandCore
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReminderJobsTests {
    @Test func `the job follows the next reminder, and goes with the last one`() async throws {
        try await StubSidecar.with { stub in
            let clock = ManualClock()
            let jobs = ReminderJobs(sidecar: try stub.sidecar(), now: clock.now, logger: .silent)
            try await jobs.runOnce()
            #expect(stub.calls.isEmpty, "nobody has looked yet")
            let (far, near) = (clock.now() + .hours(2), clock.now() + .hours(1))
            for next in [far, far, near] {
                jobs.tell(next)
                try await jobs.runOnce()
            }
            #expect(stub.calls.map(\.line) == ["POST /v1.0/jobs/reminder-clock", "POST /v1.0/jobs/reminder-clock"])
            #expect(stub.calls.map(\.json["dueTime"]) == [far, near].map { .string($0.description) })
            #expect(
                stub.calls.allSatisfy { $0.json["overwrite"] == true && $0.json["data"]?["next"] == $0.json["dueTime"] }
            )
            jobs.tell(nil)
            try await jobs.runOnce()
            try await jobs.runOnce()
            #expect(stub.calls.map(\.line).last == "DELETE /v1.0/jobs/reminder-clock")
            #expect(stub.calls.count == 3)
        }
    }

    @Test func `what is due at once needs no job, and an old one is written again`() async throws {
        try await StubSidecar.with { stub in
            let clock = ManualClock()
            let jobs = ReminderJobs(sidecar: try stub.sidecar(), now: clock.now, logger: .silent)
            jobs.tell(clock.now() + .milliseconds(500))
            try await jobs.runOnce()
            #expect(stub.calls.isEmpty)
            jobs.tell(clock.now() + .hours(1))
            try await jobs.runOnce()
            clock.advance(by: .minutes(4))
            try await jobs.runOnce()
            #expect(stub.calls.count == 1)
            clock.advance(by: .minutes(2))
            try await jobs.runOnce()
            #expect(stub.calls.count == 2, "another replica may have known less")
        }
    }

    @Test func `a scheduler that fails is reported once, and asked again`() async throws {
        let fails = Mutex(true)
        let lines = LogLines()
        try await StubSidecar.with(answer: { _ in
            fails.withLock { $0 } ? .failure(504, "DAPR_SCHEDULER_UNAVAILABLE") : .done
        }) { stub in
            let clock = ManualClock()
            let jobs = ReminderJobs(sidecar: try stub.sidecar(), now: clock.now, logger: lines.logger)
            try await withThrowingTaskGroup { group in
                group.addTask { await jobs.run() }
                jobs.tell(clock.now() + .hours(1))
                try await waitUntil { !lines.all.isEmpty }
                jobs.tell(clock.now() + .hours(2))
                try await waitUntil { stub.calls.count >= 2 }
                fails.withLock { $0 = false }
                jobs.tell(clock.now() + .hours(3))
                try await waitUntil { stub.calls.count >= 3 }
                group.cancelAll()
            }
            #expect(lines.all.count == 1)
            let last = stub.calls.last?.json["dueTime"]?.string
            #expect(last == (clock.now() + .hours(3)).description)
        }
    }
}
