import ErrandHTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

@Suite struct MetricsFormatTests {
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    private static let text = "text/plain; version=0.0.4; charset=utf-8"

    @Test(arguments: [
        // As Prometheus 2.42 and 3.5 ask.
        (
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", openMetrics
        ),
        (
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;"
                + "version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1", openMetrics
        ),
        ("application/openmetrics-text", openMetrics),
        ("Application/OpenMetrics-Text ; version=\"1.0.0\"", openMetrics),
        ("application/openmetrics-text;version=0.0.1", text), ("application/openmetrics-text;version=2.0.0", text),
        ("application/openmetrics-text;q=0", text), ("application/openmetrics-text;q=x", text),
        ("application/openmetrics-text;q=0.4, text/plain", text), ("text/html, */*", text), ("*/*", text), ("", text),
        (";;,,=;q=", text),
    ])
    func `metrics come in the form that is asked for, and as text to everybody else`(
        accept: String, type: String
    ) async throws {
        let router = Router(context: ErrandRequestContext.self)
        Probes(isReady: { true }, metrics: { "\($0)" }).addRoutes(to: router)
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost", path: "/metrics",
            headerFields: accept.isEmpty ? [:] : [.accept: accept]
        )
        let response = try await router.buildResponder().respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
            context: ErrandRequestContext(logger: Logger(label: "test"))
        )
        #expect(response.headers[.contentType] == type)
        #expect(response.headers[.vary] == "Accept")
    }
}
