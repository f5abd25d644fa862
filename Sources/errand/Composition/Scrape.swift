import ErrandCore
import Metrics
import Synchronization

/// What happens when somebody asks for the metrics: what waits is measured, by one at a time.
final class Scrape: Sendable {
    /// How long a scrape waits for the database; after that, it shows the numbers of the time before.
    static let patience = Duration.seconds(2)

    private let work: WaitingWork
    private let measuring = Mutex<Task<Void, Never>?>(nil)

    /// The series that are there from the start appear now.
    init(_ work: WaitingWork) {
        self.work = work
        work.declare()
        Scrape.tellBuild(work.roles)
    }

    /// What runs here; always 1.
    static func tellBuild(_ roles: Set<ProcessRole>) {
        let labels = [("version", ErrandCommand.version), ("role", roles.nameInTelemetry)]
        Gauge(label: "errand_build_info", dimensions: labels).record(1)
    }

    /// Returns when the gauges are up to date, or the database has been too slow for that.
    func measure() async {
        work.measurePools()
        let measuring = measurement()
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let result = Task {
            await measuring.value
            end.finish()
        }
        let patience = Task {
            try? await Task.sleep(for: Scrape.patience)
            end.finish()
        }
        for await _ in ends {}
        patience.cancel()
        result.cancel()
    }

    /// The one that is under way, or a new one.
    private func measurement() -> Task<Void, Never> {
        measuring.withLock { measuring in
            if let measuring { return measuring }
            let new = Task { [self] in
                await work.measure()
                self.measuring.withLock { $0 = nil }
            }
            measuring = new
            return new
        }
    }
}
