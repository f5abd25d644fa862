import Foundation
import Testing

/// Relay, bus and consumers under every kind of bad luck that a seed can bring about.
@Suite struct SimulationTests {
    /// More by ERRAND_TEST_SCHEDULES.
    private static let count =
        ProcessInfo.processInfo.environment["ERRAND_TEST_SCHEDULES"].flatMap { UInt64($0) } ?? 100_000
    /// One more seed to look at, by ERRAND_TEST_SEED.
    private static let seed = ProcessInfo.processInfo.environment["ERRAND_TEST_SEED"].flatMap { UInt64($0) }

    @Test func `whatever crashes, repeats, waits or fails: each event has its effect once, in order`() async {
        if let seed = Self.seed {
            #expect(await Schedule(seed: seed).run() == [], "seed \(seed)")
            return
        }
        let lanes: UInt64 = 2
        await withTaskGroup { group in
            for lane in 0..<lanes {
                group.addTask {
                    for seed in stride(from: lane, to: Self.count, by: Int(lanes)) {
                        let problems = await Schedule(seed: seed).run()
                        if !problems.isEmpty {
                            Issue.record("seed \(seed): \(problems)")
                            return
                        }
                    }
                }
            }
        }
    }

    @Test func `the same seed takes the same course`() async {
        for seed in 0..<20 as Range<UInt64> {
            let (first, second) = (Schedule(seed: seed), Schedule(seed: seed))
            _ = await (first.run(), second.run())
            #expect(first.trace == second.trace)
        }
    }
}
