import Foundation

/// One value that a histogram has taken, and the trace that it comes from: the way from a slow bucket to what was slow
/// (<https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md#exemplars>).
public struct Exemplar: Sendable {
    @TaskLocal private static var place: Span.Place?

    private let place: Span.Place
    private let value: Double
    /// In seconds since 1970.
    private let time: Double

    /// What `body` records in histograms is known as part of `place` from then on, until another value takes its
    /// bucket. Only for traces that are kept: the mark would lead nowhere otherwise.
    public static func measuring<Result>(in place: Span.Place, _ body: () -> Result) -> Result {
        $place.withValue(place, operation: body)
    }

    /// Nil where nothing is measured in a trace.
    static func now(_ value: Double) -> Exemplar? {
        place.map { Exemplar(place: $0, value: value, time: Date().timeIntervalSince1970) }
    }

    /// As it stands behind the value of a bucket. Its labels have 63 characters; 128 are allowed.
    var text: String {
        let labels = PrometheusText.labels([("trace_id", place.traceIDText), ("span_id", place.spanIDText)])
        return "# \(labels) \(PrometheusText.number(value)) \(String(format: "%.3f", time))"
    }
}
