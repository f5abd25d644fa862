import CoreMetrics
import Synchronization

/// Collects spans and sends them to a collector, in batches and from the side: whoever records one never waits.
///
/// What a collector does not take, or there is no more room for, is gone and counted: traces are to help, not to be in
/// the way.
public final class SpanExporter: Sendable {
    /// Spans that wait; more are dropped.
    public static let waitingMax = 4_096
    /// Spans of one call.
    static let batchMax = 512
    private static let pause = Duration.seconds(1)

    private let waiting = Mutex<[Span]>([])
    private let service: String
    private let version: String
    private let send: @Sendable ([UInt8]) async -> Bool

    /// - Parameters:
    ///   - service: what the process is called in traces.
    ///   - send: brings the bytes of a request to the collector; whether it has taken them.
    public init(service: String, version: String, send: @escaping @Sendable ([UInt8]) async -> Bool) {
        (self.service, self.version, self.send) = (service, version, send)
    }

    public func record(_ span: Span) {
        let isTaken = waiting.withLock { waiting in
            guard waiting.count < SpanExporter.waitingMax else { return false }
            waiting.append(span)
            return true
        }
        if !isTaken { SpanExporter.count(1, "dropped") }
    }

    /// Sends what is recorded, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: SpanExporter.pause)
            await flush()
        }
    }

    /// Sends what waits now.
    public func flush() async {
        for _ in 0...SpanExporter.waitingMax / SpanExporter.batchMax {
            let batch = waiting.withLock { waiting in
                let batch = Array(waiting.prefix(SpanExporter.batchMax))
                waiting.removeFirst(batch.count)
                return batch
            }
            if batch.isEmpty { return }
            let isTaken = await send(TraceRequest.bytes(batch, service: service, version: version))
            SpanExporter.count(batch.count, isTaken ? "sent" : "failed")
        }
    }

    private static func count(_ spans: Int, _ outcome: String) {
        Counter(label: "errand_spans_total", dimensions: [("outcome", outcome)]).increment(by: spans)
    }
}
