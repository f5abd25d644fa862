import DaprBus
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

/// The internal listener of an app that one other app may call.
@Suite struct PeerDoorTests {
    private static let right = ["dapr-api-token": "t0ken", "dapr-caller-app-id": "frontend"]

    /// What a route of the API saw; `status` alone where it was not reached.
    private struct Seen: Equatable {
        let status: Int
        var code: String?
        var address: String?
        var authority: String?
    }

    private static func send(
        _ path: String, _ headers: [String: String], token: String? = "t0ken", caller: String? = "frontend",
        method: HTTPRequest.Method = .get
    ) async throws -> Seen {
        let router = Router(context: ErrandRequestContext.self)
        router.add(
            middleware: EdgeMiddleware(isSecure: false) {
                "r"
            } makeTraceparent: {
                "t"
            })
        let door = PeerDoor(
            configuration: try SidecarConfiguration(appToken: token), caller: caller, logger: .silent
        )
        router.add(middleware: door.filter)
        let api = router.group().add(middleware: door.entrance)
        for path in ["/api/v1/tasks", "/.well-known/jwks.json"] {
            api.on(RouterPath(path), method: method) { request, context in
                let client = ClientAddress(request, context, trustedProxies: 3)
                return Response(json: ["address": .string(client.text), "host": .string(request.head.authority ?? "")])
            }
        }
        Probes(isReady: { true }, metrics: { _ in "secret 1" }).addRoutes(to: router)
        router.post("/events/:topic") { _, _ in Response(json: [:]) }
        var head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:8081", path: path)
        for (name, value) in headers {
            for line in value.split(separator: "\n") {
                if let name = HTTPField.Name(name) {
                    head.headerFields.append(HTTPField(name: name, value: String(line)))
                }
            }
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        let response = try await router.buildResponder().respond(
            to: request, context: ErrandRequestContext(logger: .silent)
        )
        let collector = BodyCollector()
        try await response.body.write(collector)
        let json = (try? JSONValue.parse(collector.bytes)) ?? .null
        return Seen(
            status: response.status.code, code: json["code"]?.string, address: json["address"]?.string,
            authority: json["host"]?.string
        )
    }

    @Test(arguments: ["/api/v1/tasks", "//api//v1/tasks/", "/.well-known/jwks.json"])
    func `the API is for the one app that may, by the word of the sidecar`(path: String) async throws {
        #expect(try await Self.send(path, Self.right).status == 200)
        for token in [nil, "", "t0ke", "t0ken1"] {
            var headers = Self.right
            headers["dapr-api-token"] = token
            #expect(try await Self.send(path, headers) == Seen(status: 401, code: "app_token_wrong"))
        }
        for caller in [nil, "", "audit-service", "Frontend", "frontend\nfrontend", "audit-service\nfrontend"] {
            var headers = Self.right
            headers["dapr-caller-app-id"] = caller
            #expect(
                try await Self.send(path, headers) == Seen(status: 403, code: "invoked_by_peer"), "\(caller ?? "nil")")
        }
        #expect(try await Self.send(path, [:]) == Seen(status: 401, code: "app_token_wrong"), "a neighbour in the pod")
    }

    @Test func `without an app token nobody comes in, and where nobody may, nobody does`() async throws {
        let path = "/api/v1/tasks"
        #expect(try await Self.send(path, Self.right, token: nil).status == 401)
        #expect(try await Self.send(path, ["dapr-caller-app-id": "frontend"], token: nil).status == 401)
        #expect(try await Self.send(path, Self.right, caller: nil).status == 403)
        #expect(
            try await Self.send(path, ["dapr-api-token": "t0ken", "dapr-caller-app-id": ""], caller: nil).status == 403)
    }

    @Test(arguments: [
        "/metrics", "//metrics", "/healthz", "/readyz", "/dapr/subscribe", "/job/a", "/apix", "/", "/token/x",
    ])
    func `nothing but the API can be invoked`(path: String) async throws {
        #expect(try await Self.send(path, Self.right) == Seen(status: 403, code: "invoked_by_peer"))
    }

    @Test func `probes and callbacks are none of its business`() async throws {
        for path in ["/metrics", "/healthz", "/readyz"] { #expect(try await Self.send(path, [:]).status == 200) }
        #expect(try await Self.send("/events/a", [:], method: .post).status == 200)
        #expect(try await Self.send("/events/a", Self.right, method: .post).status == 403)
    }

    @Test func `the caller is believed whom it calls for, whatever the sidecars add`() async throws {
        var headers = Self.right
        headers["x-forwarded-for"] = "203.0.113.7, 10.0.0.3\n10.1.1.1"
        headers["x-forwarded-host"] = "errand.example\nfrontend-0"
        let seen = try await Self.send("/api/v1/tasks", headers)
        #expect(seen == Seen(status: 200, address: "203.0.113.7", authority: "errand.example"))
    }
}

/// Takes a body that is written piece by piece. Used by one task at a time.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws {
        bytes += buffer.readableBytesView
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
