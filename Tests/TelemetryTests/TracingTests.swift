import Synchronization
import Telemetry
import Testing

@Suite struct TracingTests {
    private static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func `a place is read from a traceparent, and from nothing else`() {
        #expect(Span.Place(traceparent: TracingTests.parent)?.isSampled == true)
        #expect(Span.Place(traceparent: String(TracingTests.parent.dropLast()) + "2")?.isSampled == false)
        for text in [
            nil, "", "00-0af7-b7ad-01", "00-\(String(repeating: "é", count: 16))-b7ad6b7169203331-01", "a-b-c",
        ] {
            #expect(Span.Place(traceparent: text) == nil)
        }
    }

    @Test func `spans are written as OpenTelemetry defines them`() async throws {
        let sent = Sent()
        let exporter = SpanExporter(service: "s", version: "1") { sent.take($0) }
        exporter.record(try #require(TracingTests.span))
        await exporter.flush()
        // By Google's library, from the definition.
        let expected = """
            0aaf010a4c0a130a0c736572766963652e6e616d6512030a01730a1d0a11736572766963652e6e616d65737061636512\
            080a06657272616e640a160a0f736572766963652e76657273696f6e12030a0131125f0a080a06657272616e6412530a\
            100af7651916cd43dd8448eb211c80319c120801020304050607082208b7ad6b71692033312a097075626c6973682078\
            30043900cbaa44fe0aec184100aca04afe0aec184a080a016e120318ac027a021802
            """
        let hex = sent.requests.first?.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hex == expected)
    }

    @Test func `whoever records never waits; what is too much, or is not taken, is gone`() async throws {
        let (sent, span) = (Sent(), try #require(TracingTests.span))
        let exporter = SpanExporter(service: "s", version: "1") { bytes in
            sent.take(bytes)
            return false
        }
        for _ in 0..<SpanExporter.waitingMax + 100 { exporter.record(span) }
        await exporter.flush()
        let requests = sent.requests.count
        #expect(requests == 8)
        await exporter.flush()
        #expect(sent.requests.count == requests)
    }

    private static var span: Span? {
        Span.Place(traceparent: parent).map { place in
            Span(
                .producer, "publish x", id: Array(1...8), in: place, from: 1_795_822_438_604, to: 1_795_822_438_704,
                attributes: [Span.Attribute("n", 300)], hasFailed: true
            )
        }
    }
}

private final class Sent: Sendable {
    private let all = Mutex<[[UInt8]]>([])

    var requests: [[UInt8]] { all.withLock { $0 } }

    @discardableResult
    func take(_ bytes: [UInt8]) -> Bool {
        all.withLock { $0.append(bytes) }
        return true
    }
}
