import ErrandCore
import ErrandHTTP
import Logging
import Metrics
import Telemetry

/// Logs and metrics of the process.
enum Observability {
    /// Sets both up, once.
    ///
    /// - Returns: renders the metrics in the form that is asked for.
    static func start(_ configuration: ServerConfiguration) -> @Sendable (MetricsFormat) -> String {
        let (level, format) = (configuration.logLevel, configuration.logFormat)
        let role = Logger.MetadataValue.string(configuration.roles.nameInTelemetry)
        LoggingSystem.bootstrap { label in
            switch format {
            case .json:
                var handler = JSONLogHandler(label: label, level: level)
                handler.metadata["role"] = role
                return handler
            case .text:
                return TextLogHandler(label: label, level: level)
            }
        }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        return { format in
            switch format {
            case .text: registry.render(.text)
            case .openMetrics: registry.render(.openMetrics)
            }
        }
    }
}

extension Set<ProcessRole> {
    /// What a process of these roles is called in logs and metrics: its role, or `all`.
    var nameInTelemetry: String { count == 1 ? first?.rawValue ?? "all" : "all" }
}
