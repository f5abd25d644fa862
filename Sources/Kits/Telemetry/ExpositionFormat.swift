/// How metrics are written.
public enum ExpositionFormat: Sendable {
    /// The text format 0.0.4 of Prometheus.
    case text
    /// OpenMetrics 1.0 (<https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md>): the same
    /// series, with exemplars.
    case openMetrics

    /// What a family is called: without the end that the samples of its counters have.
    func family(_ name: String, _ kind: PrometheusRegistry.Kind) -> String {
        guard self == .openMetrics, kind == .counter, name.hasSuffix("_total") else { return name }
        return String(name.dropLast(6))
    }

    /// The bound of a bucket; OpenMetrics wants whole numbers to have a fraction.
    func bound(_ value: Double) -> String {
        self == .openMetrics ? "\(value)" : PrometheusText.number(value)
    }
}
