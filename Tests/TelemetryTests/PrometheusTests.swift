import CoreMetrics
import Logging
import Synchronization
import Telemetry
import Testing

@Suite struct PrometheusTests {
    @Test func `counters, gauges and timers are written in order`() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "b_total", dimensions: [("path", "/a\"b\\\n")]).increment(by: 2)
        registry.makeCounter(label: "b_total", dimensions: [("path", "/a\"b\\\n")]).increment(by: 1)
        registry.makeMeter(label: "a-gauge", dimensions: []).set(1.5)
        let timer = registry.makeTimer(label: "c_seconds", dimensions: [("route", "/")])
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(20_000_000_000)
        let lines = registry.render().split(separator: "\n").map(String.init)
        #expect(
            lines.prefix(4) == [
                "# TYPE a_gauge gauge", "a_gauge 1.5", "# TYPE b_total counter", #"b_total{path="/a\"b\\\n"} 3"#,
            ])
        #expect(lines.contains(#"c_seconds_bucket{route="/",le="0.001"} 0"#))
        #expect(lines.contains(#"c_seconds_bucket{route="/",le="0.0025"} 1"#))
        #expect(lines.contains(#"c_seconds_bucket{route="/",le="10"} 1"#))
        #expect(lines.contains(#"c_seconds_bucket{route="/",le="+Inf"} 2"#))
        #expect(lines.contains(#"c_seconds_count{route="/"} 2"#))
        #expect(lines.contains { $0.hasPrefix("process_resident_memory_bytes ") })
    }

    @Test func `as OpenMetrics, counters are families without their end, and bounds have a fraction`() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "b_total", dimensions: [("path", "/a\"b\\\n")]).increment(by: 2)
        registry.makeMeter(label: "a_gauge", dimensions: []).set(1.5)
        registry.makeTimer(label: "c_seconds", dimensions: [("route", "/")]).recordNanoseconds(2_000_000_000)
        let lines = registry.render(.openMetrics).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        #expect(
            lines.prefix(4) == [
                "# TYPE a_gauge gauge", "a_gauge 1.5", "# TYPE b counter", #"b_total{path="/a\"b\\\n"} 2"#,
            ])
        #expect(lines.contains(#"c_seconds_bucket{route="/",le="1.0"} 0"#))
        #expect(lines.contains(#"c_seconds_bucket{route="/",le="10.0"} 1"#))
        #expect(lines.contains("# TYPE process_cpu_seconds counter"))
        #expect(lines.suffix(2) == ["# EOF", ""])
    }

    @Test func `a bucket names the trace of the last value that came to it in one`() throws {
        let registry = PrometheusRegistry()
        let timer = registry.makeTimer(label: "c_seconds", dimensions: [("route", "/")])
        let first = try #require(Span.Place(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        let second = try #require(Span.Place(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        Exemplar.measuring(in: first) { timer.recordNanoseconds(20_000_000_000) }
        Exemplar.measuring(in: first) { timer.recordNanoseconds(2_000_000) }
        Exemplar.measuring(in: second) { timer.recordNanoseconds(2_250_000) }
        // Outside of any, and so without a mark; the one before stays.
        timer.recordNanoseconds(2_500_000)
        timer.recordNanoseconds(300_000_000)
        let text = registry.render(.openMetrics)
        let marks = text.matches(
            of: #/le="(\S+)"} \d+ # {trace_id="([0-9a-f]{32})",span_id="([0-9a-f]{16})"} (\S+) 1\d{9}\.\d{3}\n/#)
        #expect(
            marks.map { [$0.1, $0.2, $0.3, $0.4].map(String.init) } == [
                ["0.0025", "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "0.00225"],
                ["+Inf", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "20"],
            ])
        #expect(text.split(separator: "\n").filter { $0.contains("# {") }.count == 2)
        #expect(!registry.render(.text).contains("# {"))
    }

    @Test func `labels cannot fill the memory`() {
        let registry = PrometheusRegistry()
        for number in 0..<PrometheusRegistry.seriesMax + 7 {
            registry.makeCounter(label: "x", dimensions: [("n", "\(number)")]).increment(by: 1)
        }
        let lines = registry.render().split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("x{") }.count == PrometheusRegistry.seriesMax)
        #expect(lines.contains("errand_metrics_dropped_total 7"))
    }

    @Test func `a log record is one line, whatever is in it`() {
        let lines = Lines()
        var logger = Logger(label: "test") { label in
            JSONLogHandler(label: label, level: .info) { line in lines.all.withLock { $0.append(line) } }
        }
        logger[metadataKey: "request_id"] = "r-1"
        logger.debug("not shown")
        logger.error("a \"quote\"\nand a line\u{1B}", metadata: ["long": "\(String(repeating: "x", count: 5000))"])
        let written = lines.all.withLock { $0 }
        #expect(written.count == 1)
        #expect(written.first?.contains(#/^{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/#) == true)
        #expect(written.first?.hasSuffix("}\n") == true)
        #expect(written.first?.dropLast().contains("\n") == false)
        #expect(written.first?.contains(#""message":"a \"quote\"\nand a line\u001b""#) == true)
        #expect(written.first?.contains(#""request_id":"r-1""#) == true)
        #expect((written.first?.count ?? 0) < 2 * JSONLogHandler.valueLengthMax)
    }
}

private final class Lines: Sendable {
    let all = Mutex<[String]>([])
}
