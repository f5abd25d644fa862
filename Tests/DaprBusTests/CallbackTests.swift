import DaprBus
import ErrandCore
import ErrandHTTP
import EventDelivery
import HTTPTypes
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallbackTests {
    /// Everything that a sidecar calls.
    private static let callbacks: [(HTTPRequest.Method, String)] = [
        (.get, "/dapr/subscribe"), (.post, "/events/task-events"), (.post, "/events/task-events/bulk"),
        (.post, "/job/reminder-clock"), (.options, "/sweep-reminders"), (.post, "/sweep-reminders"),
    ]

    private static func routes(_ store: DaprStore, appToken: String? = nil) throws -> TestRoutes {
        try TestRoutes(
            store, try SidecarConfiguration(appToken: appToken), clock: WakeUp(), sweep: DaprRoutes.Sweep {}
        )
    }

    @Test(arguments: callbacks)
    func `only who knows the app's token is answered`(method: HTTPRequest.Method, path: String) async throws {
        try await DaprStore.with { store in
            let routes = try CallbackTests.routes(store, appToken: "t0ken")
            for wrong in [nil, "", "t0ke", "t0ken1", "t0keN", "t0kent0ken"] {
                let answer = try await routes.send(
                    method, path, "{}", headers: wrong.map { ["dapr-api-token": $0] } ?? [:]
                )
                #expect(answer.status == 401)
            }
            let right = try await routes.send(method, path, "{}", headers: ["dapr-api-token": "t0ken"])
            // Nobody runs who could take an event.
            #expect([200, 503].contains(right.status))
        }
    }

    @Test(arguments: callbacks)
    func `another app cannot fake a callback by having it invoked`(
        method: HTTPRequest.Method, path: String
    ) async throws {
        try await DaprStore.with { store in
            let routes = try CallbackTests.routes(store, appToken: "t0ken")
            let headers = ["dapr-api-token": "t0ken", "dapr-caller-app-id": "chat-api"]
            let answer = try await routes.send(method, path, "{}", headers: headers)
            #expect(answer.status == 403)
            #expect(answer.json["code"]?.string == "invoked_by_peer")
        }
    }

    @Test func `a job rings the clock`() async throws {
        try await DaprStore.with { store in
            let clock = WakeUp()
            let routes = try TestRoutes(store, clock: clock)
            let answer = try await routes.send(.post, "/job/reminder-clock", #"{"next":"2026-01-15T10:00:00Z"}"#)
            #expect(answer.status == 200)
            let start = ContinuousClock.now
            await clock.wait(atMost: .seconds(20))
            #expect(ContinuousClock.now - start < .seconds(10), "the ring was kept")
            let none = try await TestRoutes(store).send(.post, "/job/reminder-clock")
            #expect(none.status == 404, "a process without a clock has no jobs")
        }
    }

    @Test func `the cron binding sweeps, and hears when it failed`() async throws {
        try await DaprStore.with { store in
            let sweeps = Mutex(0)
            let fails = Mutex(false)
            let sweep = DaprRoutes.Sweep(path: "/look-after-reminders") { () throws(ErrandError) in
                sweeps.withLock { $0 += 1 }
                if fails.withLock({ $0 }) { throw .unavailable }
            }
            let routes = try TestRoutes(store, sweep: sweep)
            let probe = try await routes.send(.options, "/look-after-reminders")
            #expect(probe.status == 200)
            #expect(sweeps.withLock { $0 } == 0)
            let tick = try await routes.send(.post, "/look-after-reminders")
            #expect(tick.status == 200)
            #expect(sweeps.withLock { $0 } == 1)
            fails.withLock { $0 = true }
            let failed = try await routes.send(.post, "/look-after-reminders")
            #expect(failed.status == 503)
        }
    }

    @Test func `a sidecar that asks early is told of all roles once they run`() async throws {
        try await DaprStore.with { store in
            let configuration = try SidecarConfiguration(
                updatesPubsubName: "pubsub-live", subscriptions: .programmatic
            )
            let routes = try TestRoutes(store, configuration, roles: [.auditService, .websocketService])
            try await withThrowingTaskGroup(of: TestRoutes.Answer.self) { group in
                group.addTask { try await routes.send(.get, "/dapr/subscribe") }
                try await Task.sleep(for: .milliseconds(50))
                try await routes.running(RecordingConsumer()) {
                    try await routes.running(RecordingSubscriber()) {
                        let answer = try #require(try await group.next())
                        #expect(answer.status == 200)
                        #expect(
                            answer.json == [
                                subscription("task-events", "dlq-audit-service"),
                                subscription("reminders", "dlq-audit-service"),
                                subscription("task-updates", "dlq-websocket-service", pubsub: "pubsub-live"),
                                [
                                    "pubsubname": "pubsub", "topic": "dlq-audit-service",
                                    "routes": ["default": "/dead-letters"],
                                ],
                            ]
                        )
                    }
                }
            }
        }
    }

    @Test func `one that has its subscriptions from the cluster is told of none`() async throws {
        try await DaprStore.with { store in
            let routes = try TestRoutes(store, roles: [.auditService])
            let answer = try await routes.send(.get, "/dapr/subscribe")
            #expect(answer.status == 200 && answer.json == [])
        }
    }

    private func subscription(_ topic: String, _ deadLetters: String, pubsub: String = "pubsub") -> JSONValue {
        [
            "pubsubname": .string(pubsub), "topic": .string(topic),
            "routes": ["default": .string("/events/\(topic)")], "deadLetterTopic": .string(deadLetters),
        ]
    }
}
