import Logging
import Metrics
import SQLStore

/// Turns what goes wrong in a database into log lines and metrics: the statement, never its arguments.
struct SQLTelemetry: Sendable {
    let logger: Logger

    var report: @Sendable (SQLError) -> Void {
        let logger = logger
        return { error in
            Counter(label: "errand_database_errors_total", dimensions: [("kind", error.kind.rawValue)]).increment()
            if error.kind == .unreachable {
                logger.error("The database cannot be reached", metadata: ["error": "\(error)"])
            } else {
                logger.error("The database refused a statement", metadata: ["error": "\(error)"])
            }
        }
    }
}
