import CivilTime
import ErrandCore
import ErrandHTTP
import EventDelivery
import HTTPCalls
import Logging
import Telemetry

/// Makes spans of what this process does for a request, wherever the request came in: answering it, publishing its
/// events, acting on them. The events carry the `traceparent` of the request, so that all of it is one trace.
struct Tracing: Sendable {
    /// How long a collector may take for a batch.
    private static let patience = Duration.seconds(5)
    private static let answerBytesMax = 65_536
    /// What the operator and the cluster ask all the time.
    private static let silentRoutes: Set<String> = ["/healthz", "/readyz", "/metrics"]

    private let exporter: SpanExporter
    private let calls: HTTPCalls

    /// Nil where the operator has named no collector.
    init?(_ configuration: ServerConfiguration, logger: Logger) {
        guard let destination = configuration.traces else { return nil }
        var options = HTTPCallOptions(reach: .anywhere)
        options.connectionsMax = 1
        let calls = HTTPCalls(options)
        self.calls = calls
        exporter = SpanExporter(
            service: "errand-\(configuration.roles.nameInTelemetry)", version: ErrandCommand.version
        ) { bytes in
            await Tracing.send(bytes, to: destination, with: calls, logger)
        }
    }

    /// Works until the task is cancelled.
    func run() async { await exporter.run() }

    /// Sends what is left.
    func close() async {
        await exporter.flush()
        await calls.close()
    }

    /// - Parameter measure: takes the answer's measures, which bear the mark of the trace where it is kept.
    func answered(_ answer: TracedAnswer, _ measure: () -> Void) {
        guard !Tracing.silentRoutes.contains(answer.route),
            let place = Span.Place(traceparent: answer.traceparent), place.isSampled
        else { return measure() }
        Exemplar.measuring(in: place, measure)
        let end = Instant.now
        exporter.record(
            Span(
                .server, "\(answer.method) \(answer.route)", at: place, in: Span.Place(traceparent: answer.parent),
                from: (end - answer.elapsed).milliseconds, to: end.milliseconds,
                attributes: [
                    Span.Attribute("http.request.method", answer.method), Span.Attribute("http.route", answer.route),
                    Span.Attribute("http.response.status_code", answer.status),
                    Span.Attribute("errand.request_id", answer.requestID),
                ],
                hasFailed: answer.status >= 500
            )
        )
    }

    /// Events were handed to the bus: from their commit until now.
    func published(_ events: [StoredEvent]) {
        let now = Instant.now
        for stored in events { record(.producer, "publish", stored.event, from: stored.event.occurredAt, to: now) }
    }

    /// Takes measures of what became of an event, which bear the mark of its trace where that is kept.
    func measuring(_ event: Event, _ measure: () -> Void) {
        guard let place = Span.Place(traceparent: event.correlation.traceparent), place.isSampled else {
            return measure()
        }
        Exemplar.measuring(in: place, measure)
    }

    /// A consumer's turn is over.
    func delivered(_ report: DeliveryReport) {
        guard let end = report.finishedAt else { return }
        let start = report.startedAt ?? end
        for event in report.handled { record(.consumer, "process", event, from: start, to: end, by: report.role) }
        for failure in report.deadLetters + (report.failure.map { [$0] } ?? []) {
            record(.consumer, "process", failure.event, from: start, to: end, by: report.role, hasFailed: true)
        }
    }

    private func record(
        _ kind: Span.Kind, _ verb: String, _ event: Event, from start: Instant, to end: Instant,
        by role: ProcessRole? = nil, hasFailed: Bool = false
    ) {
        guard let parent = Span.Place(traceparent: event.correlation.traceparent), parent.isSampled else { return }
        var attributes = [
            Span.Attribute("messaging.operation.name", verb),
            Span.Attribute("messaging.message.id", event.id.description),
        ]
        if let topic = EventTypes.row(of: event.type)?.topic {
            attributes.append(Span.Attribute("messaging.destination.name", topic.rawValue))
        }
        if let role { attributes.append(Span.Attribute("messaging.consumer.group.name", role.rawValue)) }
        exporter.record(
            Span(
                kind, "\(verb) \(event.type.name)", id: SystemRandom.bytes(8), in: parent, from: start.milliseconds,
                to: end.milliseconds, attributes: attributes, hasFailed: hasFailed
            )
        )
    }

    private static func send(
        _ bytes: [UInt8], to destination: TraceDestination, with calls: HTTPCalls, _ logger: Logger
    ) async -> Bool {
        let headers = [(name: "Content-Type", value: "application/x-protobuf")] + destination.headers
        let call = HTTPCall(destination.url, method: "POST", headers: headers, body: bytes)
        do throws(HTTPCallError) {
            let answer = try await calls.send(call, upTo: answerBytesMax, within: patience)
            if (200..<300).contains(answer.status) { return true }
            logger.info("The collector has not taken traces", metadata: ["status": "\(answer.status)"])
        } catch {
            logger.info("The collector has not taken traces", metadata: ["error": "\(error)"])
        }
        return false
    }
}

/// A bus whose publishing is traced.
struct TracedBus: EventBus {
    let bus: any EventBus
    let tracing: Tracing

    func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        try await bus.publish(events)
        tracing.published(events)
    }

    func run(_ consumer: any EventConsumer) async { await bus.run(consumer) }

    func run(_ subscriber: any UpdateSubscriber) async { await bus.run(subscriber) }
}
