import CivilTime
import ErrandCore
import Logging
import Metrics
import NotificationService

/// Turns what becomes of deliveries into log lines and metrics: ids and our own reasons, no text and no address.
struct DeliveryTelemetry: DeliveryObserver {
    let logger: Logger

    func sent(_ report: SendingReport) {
        let channel = ("channel", report.kind.rawValue)
        for step in report.steps {
            Counter(label: "errand_deliveries_total", dimensions: [channel, ("outcome", step.state.rawValue)])
                .increment()
            if step.isRepeated {
                Counter(label: "errand_deliveries_repeated_total", dimensions: [channel]).increment()
            }
            if let lateness = step.lateness {
                Recorder(label: "errand_delivery_lateness_seconds", dimensions: [channel], aggregate: true)
                    .record(max(lateness, .zero) / Duration.seconds(1))
            }
            if step.state == .failed { log(step, over: report.kind) }
        }
    }

    func failed(_ kind: ChannelKind, _ error: ErrandError) {
        logger.warning(
            "A background loop failed", metadata: ["loop": "deliveries of \(kind.rawValue)", "error": "\(error)"])
    }

    /// Makes the series of what everybody waits for at 0, so that the first one is seen as a rise.
    func declare() {
        for kind in ChannelKind.outside {
            for state in [Delivery.State.delivered, .failed] {
                Counter(
                    label: "errand_deliveries_total",
                    dimensions: [("channel", kind.rawValue), ("outcome", state.rawValue)]
                ).increment(by: 0)
            }
        }
    }

    /// How much waits, and since when.
    func measure(_ backlog: [DeliveryBacklog], at now: Instant) {
        for kind in ChannelKind.outside {
            let found = backlog.first { $0.kind == kind }
            let channel = ("channel", kind.rawValue)
            Gauge(label: "errand_deliveries_waiting", dimensions: [channel]).record(Double(found?.count ?? 0))
            Gauge(label: "errand_deliveries_oldest_seconds", dimensions: [channel]).record(
                found.map { max(now - $0.oldest, .zero) / Duration.seconds(1) } ?? 0
            )
        }
    }

    private func log(_ step: SendingReport.Step, over kind: ChannelKind) {
        logger.warning(
            "Something could not be delivered",
            metadata: [
                "channel": .string(kind.rawValue), "delivery_id": .string(step.delivery.description),
                "reason": .string(step.reason ?? ""), "attempts": .stringConvertible(step.attempts),
            ]
        )
    }
}
