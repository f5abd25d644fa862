import TaskLanguage
import Testing

/// How fast lines are read. Pace is measured in a turn of its own, with nothing beside it: see `scripts/test-swift`.
@Suite(.serialized) struct QuickAddPaceTests {
    @Test func `a line is read in less than 200 microseconds`() throws {
        let entries = try GoldenFile().entries
        // Of several readings, far apart, the best: machines have moments of other work.
        var best = [Duration](repeating: .seconds(1), count: entries.count)
        for _ in 0..<10 {
            for (place, entry) in entries.enumerated() {
                let time = ContinuousClock().measure { _ = QuickAdd.parse(entry.input, in: entry.context) }
                best[place] = min(best[place], time)
            }
        }
        best.sort()
        let (median, high) = (best[best.count / 2], best[best.count * 99 / 100])
        print("a line takes \(median) in the middle, \(high) at the 99th percentile")
        #if DEBUG
        #expect(high < .milliseconds(20), "p50 \(median), p99 \(high)")
        #else
        #expect(high < .microseconds(200), "p50 \(median), p99 \(high)")
        #endif
    }
}
