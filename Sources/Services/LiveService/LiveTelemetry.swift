import ErrandCore
package import Logging
import Metrics

/// What operators see of live sync.
package struct LiveTelemetry: Sendable {
    let logger: Logger
    private let windows = Gauge(label: "errand_live_windows")
    private let frames = Counter(label: "errand_live_frames_total")

    package init(logger: Logger) {
        self.logger = logger
    }

    func opened(_ count: Int) {
        windows.record(count)
    }

    func told(_ count: Int, of event: Event) {
        frames.increment(by: count)
        guard logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = ["windows": "\(count)", "event_id": "\(event.id)"]
        if let id = event.correlation.requestID { metadata["request_id"] = .string(id) }
        if let id = event.correlation.traceID { metadata["trace_id"] = .string(id) }
        logger.debug("Told open windows of \(event.type)", metadata: metadata)
    }

    func ended(_ reason: LiveEnd) {
        Counter(label: "errand_live_ended_total", dimensions: [("reason", reason.rawValue)]).increment()
    }
}
