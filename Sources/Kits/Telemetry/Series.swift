import CoreMetrics
import Synchronization

/// The values behind one name and one set of labels.
protocol Series: AnyObject, Sendable {
    func lines(name: String, labels: String, _ format: ExpositionFormat) -> [String]
}

/// One number: a counter or a gauge.
final class NumberSeries: Series, CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func add(_ amount: Double) { value.withLock { $0 += amount } }
    func increment(by amount: Int64) { add(Double(amount)) }
    func increment(by amount: Double) { add(amount) }
    func decrement(by amount: Double) { add(-amount) }
    func set(_ number: Int64) { set(Double(number)) }
    func set(_ number: Double) { value.withLock { $0 = number } }
    func record(_ number: Int64) { set(Double(number)) }
    func record(_ number: Double) { set(number) }
    func reset() { set(0.0) }

    func lines(name: String, labels: String, _ format: ExpositionFormat) -> [String] {
        ["\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))"]
    }
}

/// How often values fell below each of some bounds. Durations are in seconds.
final class HistogramSeries: Series, TimerHandler, RecorderHandler {
    /// From half a millisecond to ten seconds.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct Counts {
        /// The last is for what is above all bounds.
        var buckets = [Int](repeating: 0, count: HistogramSeries.bounds.count + 1)
        /// The last that came to each bucket in a trace.
        var exemplars = [Exemplar?](repeating: nil, count: HistogramSeries.bounds.count + 1)
        var count = 0
        var sum = 0.0
    }

    private let counts = Mutex(Counts())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = HistogramSeries.bounds.firstIndex { value <= $0 } ?? HistogramSeries.bounds.count
        let exemplar = Exemplar.now(value)
        counts.withLock { counts in
            counts.buckets[bucket] += 1
            if let exemplar { counts.exemplars[bucket] = exemplar }
            counts.count += 1
            counts.sum += value
        }
    }

    func lines(name: String, labels: String, _ format: ExpositionFormat) -> [String] {
        let counts = counts.withLock { $0 }
        var lines: [String] = []
        var below = 0
        let bounds = HistogramSeries.bounds.map(format.bound) + ["+Inf"]
        for (bound, (count, exemplar)) in zip(bounds, zip(counts.buckets, counts.exemplars)) {
            below += count
            let line = "\(name)_bucket\(PrometheusText.adding("le", bound, to: labels)) \(below)"
            let mark = format == .openMetrics ? exemplar.map { " \($0.text)" } : nil
            lines.append(line + (mark ?? ""))
        }
        lines.append("\(name)_sum\(labels) \(PrometheusText.number(counts.sum))")
        lines.append("\(name)_count\(labels) \(counts.count)")
        return lines
    }
}
