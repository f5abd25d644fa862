/// Spans as a collector takes them: the `ExportTraceServiceRequest` of OTLP 1
/// (<https://github.com/open-telemetry/opentelemetry-proto>), which numbers the fields.
enum TraceRequest {
    static func bytes(_ spans: [Span], service: String, version: String) -> [UInt8] {
        var resource = ProtocolBuffer()
        for (name, value) in [("service.name", service), ("service.namespace", "errand"), ("service.version", version)]
        {
            resource.add(1, attribute(Span.Attribute(name, value)))
        }
        var scope = ProtocolBuffer()
        scope.add(1, "errand")
        var scopeSpans = ProtocolBuffer()
        scopeSpans.add(1, scope)
        for span in spans { scopeSpans.add(2, message(span)) }
        var resourceSpans = ProtocolBuffer()
        resourceSpans.add(1, resource)
        resourceSpans.add(2, scopeSpans)
        var request = ProtocolBuffer()
        request.add(1, resourceSpans)
        return request.bytes
    }

    private static func message(_ span: Span) -> ProtocolBuffer {
        var message = ProtocolBuffer()
        message.add(1, span.traceID)
        message.add(2, span.id)
        if let parentID = span.parentID { message.add(4, parentID) }
        message.add(5, span.name)
        message.add(6, number: span.kind.rawValue)
        message.add(7, fixed: span.start)
        message.add(8, fixed: span.end)
        for one in span.attributes { message.add(9, attribute(one)) }
        if span.hasFailed {
            var status = ProtocolBuffer()
            status.add(3, number: 2)
            message.add(15, status)
        }
        return message
    }

    private static func attribute(_ attribute: Span.Attribute) -> ProtocolBuffer {
        var (any, pair) = (ProtocolBuffer(), ProtocolBuffer())
        switch attribute.value {
        case .text(let text): any.add(1, text)
        case .number(let number): any.add(3, number: UInt64(bitPattern: Int64(number)))
        }
        pair.add(1, attribute.name)
        pair.add(2, any)
        return pair
    }
}
