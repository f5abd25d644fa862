public import CoreMetrics
import Foundation
import Synchronization

/// Keeps the process's metrics and writes them as Prometheus reads them.
///
/// Families and their series appear in a fixed order, so that two renderings can be compared.
public final class PrometheusRegistry: MetricsFactory, Sendable {
    /// Series of one family at a time. Beyond it new ones are counted in `errand_metrics_dropped_total` only, so
    /// that nobody can fill the memory with labels.
    public static let seriesMax = 1000

    private let families = Mutex<[String: Family]>([:])
    private let dropped = NumberSeries()
    private let start = Date().timeIntervalSince1970

    private struct Family: Sendable {
        let kind: Kind
        var series: [String: any Series] = [:]
    }

    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    public init() {}

    /// All metrics, those of the process among them.
    public func render(_ format: ExpositionFormat = .text) -> String {
        var lines: [String] = []
        func add(_ kind: Kind, _ name: String, _ all: [String: any Series]) {
            lines.append("# TYPE \(format.family(name, kind)) \(kind.rawValue)")
            for (labels, series) in all.sorted(by: { $0.key < $1.key }) {
                lines += series.lines(name: name, labels: labels, format)
            }
        }
        for (name, family) in families.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            add(family.kind, name, family.series)
        }
        add(.counter, "errand_metrics_dropped_total", ["": dropped])
        for (kind, name, value) in ProcessMetrics.values(start: start) {
            let series = NumberSeries()
            series.set(value)
            add(kind, name, ["": series])
        }
        if format == .openMetrics { lines.append("# EOF") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func series<S: Series>(
        _ kind: Kind, _ label: String, _ dimensions: [(String, String)], _ make: () -> S
    ) -> S {
        let name = PrometheusText.name(label)
        let labels = PrometheusText.labels(dimensions)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            if let known = family.series[labels] as? S { return known }
            let new = make()
            // A name that is used for two kinds, or has too many series, is not shown; the handler still works.
            guard family.kind == kind, family.series.count < PrometheusRegistry.seriesMax else {
                dropped.add(1)
                return new
            }
            family.series[labels] = new
            families[name] = family
            return new
        }
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, dimensions) { NumberSeries() }
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, label, dimensions) { NumberSeries() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions) { NumberSeries() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate
            ? series(.histogram, label, dimensions) { HistogramSeries() }
            : series(.gauge, label, dimensions) { NumberSeries() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, dimensions) { HistogramSeries() }
    }

    // Series stay until the process ends: a counter that disappears would look like a restart.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
