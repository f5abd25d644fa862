import CivilTime
import ErrandCore
import ErrandHTTP
import EventDelivery
import Logging
import Metrics

/// Turns what the bus does into log lines, metrics and traces.
struct BusTelemetry: EventBusObserver {
    let logger: Logger
    /// Nil where no traces are kept.
    let tracing: Tracing?

    func delivered(_ report: DeliveryReport) {
        tracing?.delivered(report)
        let consumer = ("consumer", report.role.rawValue)
        if !report.handled.isEmpty {
            Counter(label: "errand_events_handled_total", dimensions: [consumer])
                .increment(by: report.handled.count)
        }
        if let finishedAt = report.finishedAt {
            let latency = Recorder(label: "errand_event_latency_seconds", dimensions: [consumer], aggregate: true)
            for event in report.handled {
                let measure = { latency.record((finishedAt - event.occurredAt) / Duration.seconds(1)) }
                if let tracing { tracing.measuring(event, measure) } else { measure() }
            }
        }
        if logger.logLevel <= .debug {
            for event in report.handled {
                logger.debug("Handled \(event.type)", metadata: metadata(event, report.role))
            }
        }
        if report.unreadable > 0 {
            Counter(label: "errand_events_dead_lettered_total", dimensions: [consumer]).increment(by: report.unreadable)
        }
        if let failure = report.failure {
            Counter(label: "errand_events_retried_total", dimensions: [consumer]).increment()
            log(.warning, "An event failed and will be tried again", failure, report.role)
        }
        for failure in report.deadLetters {
            Counter(label: "errand_events_dead_lettered_total", dimensions: [consumer]).increment()
            log(.error, "An event became a dead letter: see errand events dead-letters", failure, report.role)
        }
    }

    func failed(_ loop: String, _ error: ErrandError) {
        logger.warning("A background loop failed", metadata: ["loop": "\(loop)", "error": "\(error)"])
    }

    func lags(of role: ProcessRole, _ events: [Topic: Int64]) {
        for (topic, count) in events {
            let labels = [("bus", "kafka"), ("consumer", role.rawValue), ("topic", topic.rawValue)]
            Gauge(label: "errand_event_lag", dimensions: labels).record(count)
        }
    }

    private func log(
        _ level: Logger.Level, _ text: Logger.Message, _ failure: DeliveryReport.Failure, _ role: ProcessRole
    ) {
        var metadata = metadata(failure.event, role)
        metadata["reason"] = .string(failure.reason)
        metadata["attempts"] = .stringConvertible(failure.attempts)
        logger.log(level: level, text, metadata: metadata)
    }

    /// The same ids as the log line of the request that led to the event.
    private func metadata(_ event: Event, _ role: ProcessRole) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "consumer": .string(role.rawValue), "event_id": .string(event.id.description),
            "event_type": .string(event.type.name), "user": .string(CallerNote.mark(of: event.userID)),
        ]
        if let id = event.correlation.requestID { metadata["request_id"] = .string(id) }
        if let id = event.correlation.traceID { metadata["trace_id"] = .string(id) }
        return metadata
    }
}
