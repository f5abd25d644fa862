import Histogram

/// Durations of one kind of call, in microseconds up to a minute, to three digits.
struct Latencies {
    private(set) var histogram = Histogram<UInt64>(lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000)

    var count: UInt64 { histogram.totalCount }

    mutating func record(_ duration: Duration) {
        let parts = duration.components
        histogram.record(UInt64(max(1, parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000)))
    }

    /// `p50 | p90 | p99 | max` in milliseconds.
    var columns: String {
        [50.0, 90, 99, 100].map { percentile in
            Table.milliseconds(histogram.valueAtPercentile(percentile))
        }.joined(separator: " | ")
    }
}

/// Markdown on standard output.
enum Table {
    static func heading(_ title: String, _ columns: [String]) {
        line("\n### \(title)\n")
        line("| \(columns.joined(separator: " | ")) |")
        line("|\(String(repeating: "---|", count: columns.count))")
    }

    static func row(_ name: String, _ cells: String) {
        line("| \(name) | \(cells) |")
    }

    static func line(_ text: String) {
        print(text)
    }

    static func milliseconds(_ microseconds: UInt64) -> String {
        let hundredths = (microseconds + 5) / 10
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
