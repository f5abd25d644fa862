import ErrandCore
import FakeSidecar
import Testing

@Suite struct CronTests {
    @Test func `every replica ticks with an empty body`() async throws {
        let (cluster, first, second) = (FakeCluster(), TinyApp(), TinyApp { _ in .status(500) })
        @Sendable func configure(_ options: inout SidecarOptions) {
            options.cronBindings = [CronBinding("sweep", route: "/sweeps", every: .milliseconds(20))]
            options.appToken = "s3cret"
        }
        try await Bench.with(on: cluster, app: first, configure) { _ in
            try await Bench.with(on: cluster, app: second, configure) { _ in
                // One that fails goes on ticking.
                try await eventually { first.callbacks("/sweeps").count > 2 && second.callbacks("/sweeps").count > 2 }
                let tick = try #require(first.callbacks("/sweeps").first)
                #expect(tick.method == "POST")
                #expect(tick.body.isEmpty)
                #expect(tick.header("dapr-api-token") == "s3cret")
                #expect(tick.header("readtimeutc")?.isEmpty == false)
                #expect(!first.callbacks("/sweeps").contains { $0.method == "OPTIONS" })
            }
        }
    }

    /// What the app answers to the probe, and whether it gets ticks.
    @Test(arguments: [(200, true), (405, true), (404, false), (500, false)])
    func `the app may say that it does not want a binding`(status: Int, isBound: Bool) async throws {
        let app = TinyApp { $0.method == "OPTIONS" ? .status(status) : .ok }
        try await Bench.with(
            on: FakeCluster(), app: app,
            {
                $0.cronBindings = [
                    CronBinding("sweep", every: .milliseconds(20), isInputOnly: false),
                    CronBinding("sure", every: .milliseconds(20)),
                ]
            }
        ) { _ in
            try await eventually { app.callbacks("/sure").count > 5 }
            if isBound {
                try await eventually { app.callbacks("/sweep").count > 2 }
            } else {
                #expect(app.callbacks("/sweep").map(\.method) == ["OPTIONS"])
            }
        }
    }
}
