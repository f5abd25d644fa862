import Logging
import Metrics
import Telemetry

/// Logs and metrics of the process.
enum Observability {
    /// Sets both up, once.
    ///
    /// - Returns: renders the metrics in the Prometheus text format.
    static func start(_ configuration: ServerConfiguration) -> @Sendable () -> String {
        let (level, format) = (configuration.logLevel, configuration.logFormat)
        LoggingSystem.bootstrap { label in
            switch format {
            case .json: return JSONLogHandler(label: label, level: level)
            case .text:
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = level
                return handler
            }
        }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        return { registry.render() }
    }
}
