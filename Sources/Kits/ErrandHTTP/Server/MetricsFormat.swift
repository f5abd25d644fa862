/// The two forms that metrics can be asked for in.
public enum MetricsFormat: Sendable {
    /// The text format 0.0.4 of Prometheus.
    case text
    /// OpenMetrics 1.0, which has exemplars.
    case openMetrics

    private static let openMetricsType = "application/openmetrics-text"

    /// By what the client would rather have (RFC 9110, section 12.5.1). Whoever does not name OpenMetrics in a version
    /// that we write gets text, whatever else they take.
    public init(accept: String?) {
        var (openMetrics, text) = (0.0, 0.0)
        for range in (accept ?? "").lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" && $0 != "\"" } }
            let version = parts.first { $0.hasPrefix("version=") }?.dropFirst(8)
            let quality = parts.first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            switch parts.first {
            case MetricsFormat.openMetricsType where version == nil || version == "1.0.0":
                openMetrics = max(openMetrics, quality)
            case "text/plain", "text/*": text = max(text, quality)
            default: continue
            }
        }
        self = openMetrics > 0 && openMetrics >= text ? .openMetrics : .text
    }

    var mediaType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "\(MetricsFormat.openMetricsType); version=1.0.0; charset=utf-8"
        }
    }
}
