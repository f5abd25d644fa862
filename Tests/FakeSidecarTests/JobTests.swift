import CivilTime
import ErrandCore
import FakeSidecar
import Testing

@Suite struct JobTests {
    private let cluster = FakeCluster()

    @Test func `a job is stored, shown and deleted`() async throws {
        try await Bench.with(on: cluster, isAppUp: false) { bench in
            let path = "/v1.0/jobs/rem-1"
            let missing = await bench.send("GET", path)
            #expect(missing.status == 500)
            #expect(missing.json["errorCode"] == "DAPR_SCHEDULER_GET_JOB")
            let created = await bench.send("POST", path, #"{"dueTime":"1h30m","data":{"a":1}}"#)
            #expect(created.status == 204)
            let again = await bench.send("POST", path, #"{"dueTime":"1h"}"#)
            #expect(again.status == 409)
            let overwritten = await bench.send("POST", path, #"{"dueTime":"2h","overwrite":true,"data":2}"#)
            #expect(overwritten.status == 204)
            let shown = await bench.send("GET", path)
            #expect(shown.status == 200)
            #expect(shown.json["name"] == "rem-1")
            #expect(shown.json["dueTime"] == "2h")
            #expect(shown.json["data"]?["value"] == 2)
            for _ in 0..<2 {
                let deleted = await bench.send("DELETE", path)
                #expect(deleted.status == 204)
            }
            let gone = await bench.send("GET", path)
            #expect(gone.status == 500)
        }
    }

    @Test(arguments: [
        (#"{"name":"j","dueTime":"1s"}"#, 400, "DAPR_SCHEDULER_JOB_NAME"),
        (#"{"data":1}"#, 400, "DAPR_SCHEDULER_SCHEDULE_EMPTY"),
        (#"{"dueTime":"tomorrow"}"#, 500, "DAPR_SCHEDULER_SCHEDULE_JOB"),
        (#"{"schedule":"@every soon"}"#, 500, "DAPR_SCHEDULER_SCHEDULE_JOB"),
        ("[]", 400, "ERR_MALFORMED_REQUEST"),
    ])
    func `a bad job is refused`(body: String, status: Int, code: String) async throws {
        try await Bench.with(on: cluster, isAppUp: false) { bench in
            let answer = await bench.send("POST", "/v1.0/jobs/j", body)
            #expect(answer.status == status)
            #expect(answer.json["errorCode"] == .string(code))
        }
    }

    @Test func `a job fires once with nothing but its data`() async throws {
        try await Bench.with(on: cluster, { $0.appToken = "s3cret" }) { bench in
            let due = Instant.wallClock() + .milliseconds(50)
            let body: JSONValue = ["dueTime": .string(due.description), "data": ["task": "t1"]]
            let answer = await bench.send("POST", "/v1.0-alpha1/jobs/j", body.text)
            #expect(answer.status == 204)
            let bare = await bench.send("POST", "/v1.0/jobs/bare", #"{"dueTime":"0s"}"#)
            #expect(bare.status == 204)
            try await eventually {
                bench.app.callbacks("/job/j").count == 1 && bench.app.callbacks("/job/bare").count == 1
            }
            #expect(Instant.wallClock() >= due)
            let callback = try #require(bench.app.callbacks("/job/j").first)
            #expect(callback.method == "POST")
            #expect(callback.json == ["task": "t1"])
            #expect(callback.header("content-type") == "application/json")
            #expect(callback.header("dapr-api-token") == "s3cret")
            #expect(bench.app.callbacks("/job/bare").first?.body == [])
            try await eventually { await bench.send("GET", "/v1.0/jobs/j").status == 500 }
            #expect(bench.app.callbacks("/job/j").count == 1)
        }
    }

    /// What the app answers, and how often it is called.
    @Test(arguments: [(200, 1), (204, 1), (404, 1), (500, 4), (302, 4)])
    func `a failure is repeated and then lost`(status: Int, calls: Int) async throws {
        let app = TinyApp { _ in .status(status) }
        try await Bench.with(on: cluster, app: app, { $0.jobRetries.pause = .milliseconds(5) }) { bench in
            let answer = await bench.send("POST", "/v1.0/jobs/j", #"{"dueTime":"0s","data":1}"#)
            #expect(answer.status == 204)
            try await eventually { await bench.send("GET", "/v1.0/jobs/j").status == 500 }
            #expect(app.callbacks("/job/j").count == calls)
        }
    }

    @Test func `a job may say how it is repeated`() async throws {
        let app = TinyApp { _ in .status(500) }
        try await Bench.with(on: cluster, app: app) { bench in
            let drop = #"{"dueTime":"0s","failurePolicy":{"drop":{}}}"#
            let constant = #"{"dueTime":"0s","failurePolicy":{"constant":{"interval":"1ms","maxRetries":5}}}"#
            for (name, body) in [("drop", drop), ("constant", constant)] {
                let answer = await bench.send("POST", "/v1.0/jobs/\(name)", body)
                #expect(answer.status == 204)
                try await eventually { await bench.send("GET", "/v1.0/jobs/\(name)").status == 500 }
            }
            #expect(app.callbacks("/job/drop").count == 1)
            #expect(app.callbacks("/job/constant").count == 6)
        }
    }

    @Test func `a tick goes to one replica and may come twice`() async throws {
        let (cluster, first, second) = (cluster, TinyApp(), TinyApp())
        try await Bench.with(on: cluster, app: first) { bench in
            try await Bench.with(on: cluster, app: second) { other in
                let ticks: @Sendable (String) -> Int = { first.callbacks($0).count + second.callbacks($0).count }
                for number in 0..<10 {
                    let answer = await bench.send("POST", "/v1.0/jobs/j\(number)", #"{"dueTime":"10ms"}"#)
                    #expect(answer.status == 204)
                }
                for number in 0..<10 {
                    try await eventually { await bench.send("GET", "/v1.0/jobs/j\(number)").status == 500 }
                    #expect(ticks("/job/j\(number)") == 1)
                }
                for sidecar in [bench.sidecar, other.sidecar] { sidecar.faults.jobFiredTwice = .next(1) }
                let answer = await bench.send("POST", "/v1.0/jobs/twice", #"{"dueTime":"0s"}"#)
                #expect(answer.status == 204)
                try await eventually { await bench.send("GET", "/v1.0/jobs/twice").status == 500 }
                #expect(ticks("/job/twice") == 2)
            }
        }
    }

    @Test func `a job waits for its app, and missed ticks come in a burst`() async throws {
        let (cluster, app) = (cluster, TinyApp())
        try await Bench.with(on: cluster, app: app, isAppUp: false) { bench in
            let first = Instant.wallClock() - .hours(4)
            let job: JSONValue = ["schedule": "@every 1h", "dueTime": .string(first.description), "data": 1]
            let answer = await bench.send("POST", "/v1.0/jobs/j", job.text)
            #expect(answer.status == 204)
            let oneShot = await bench.send("POST", "/v1.0/jobs/once", #"{"dueTime":"0s"}"#)
            #expect(oneShot.status == 204)
            try await app.serve(connecting: bench.sidecar) {
                try await eventually { app.callbacks("/job/j").count == 5 && app.callbacks("/job/once").count == 1 }
                // The sixth is an hour away.
                try await Task.sleep(for: .milliseconds(100))
                #expect(app.callbacks("/job/j").count == 5)
                await bench.sidecar.shutDown()
            }
        }
    }

    @Test func `a job waits for an app that is gone`() async throws {
        let back = TinyApp()
        try await Bench.with(on: cluster) { bench in
            // Nothing listens there.
            bench.sidecar.connect(appPort: 1)
            let body = #"{"dueTime":"0s","failurePolicy":{"drop":{}}}"#
            let answer = await bench.send("POST", "/v1.0/jobs/once", body)
            #expect(answer.status == 204)
            // A try would be the last.
            try await Task.sleep(for: .milliseconds(100))
            try await back.serve(connecting: bench.sidecar) {
                try await eventually { back.callbacks("/job/once").count == 1 }
                await bench.sidecar.shutDown()
            }
        }
    }
}
