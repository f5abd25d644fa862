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
