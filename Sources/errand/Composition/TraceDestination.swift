import Foundation

/// The collector that traces are sent to, by the names that OpenTelemetry gives its settings
/// (<https://opentelemetry.io/docs/specs/otel/protocol/exporter/>).
struct TraceDestination: Sendable {
    private static let headersMax = 20
    private static let headersBytesMax = 8_192

    /// Up to and with `/v1/traces`.
    let url: String
    /// May hold a key, which is secret.
    let headers: [(name: String, value: String)]

    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` says; nil where it says nothing: no traces.
    static func read(_ environment: [String: String]) throws(ConfigurationError) -> TraceDestination? {
        guard let text = environment["OTEL_EXPORTER_OTLP_ENDPOINT"], !text.isEmpty else { return nil }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil, url.query == nil
        else {
            throw ConfigurationError(name: "OTEL_EXPORTER_OTLP_ENDPOINT", expected: "an http or https address")
        }
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        return TraceDestination(
            url: base + "/v1/traces", headers: try headers(environment["OTEL_EXPORTER_OTLP_HEADERS"] ?? "")
        )
    }

    private static func headers(_ text: String) throws(ConfigurationError) -> [(name: String, value: String)] {
        let wrong = ConfigurationError(
            name: "OTEL_EXPORTER_OTLP_HEADERS", expected: "name=value, separated by commas, \(headersMax) at most"
        )
        let pairs = text.split(separator: ",")
        guard pairs.count <= headersMax, text.utf8.count <= headersBytesMax else { throw wrong }
        var headers: [(name: String, value: String)] = []
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty, let value = parts[1].removingPercentEncoding,
                (parts[0] + value).unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) })
            else { throw wrong }
            headers.append((name: parts[0], value: value))
        }
        return headers
    }
}
