import CivilTime
import ErrandCore
import HTTPCalls
import LocalServers
import NIOHTTP1
import PushChannels
import SignedWebhooks
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebhookChannelTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private func channel(_ calls: ChannelCalls = Sending.calls()) -> WebhookChannel {
        WebhookChannel(publicURL: "https://errand.example.com", calls: calls, now: Sending.now)
    }

    private func receiver(_ url: String, previous: String? = nil, until end: Instant? = nil) -> ChannelDestination {
        var configuration: JSONObject = ["url": .string(url), "secret": .string(secret)]
        if let previous { configuration.append("previous_secret", .string(previous)) }
        if let end { configuration.append("previous_secret_until", .string(end.description)) }
        return Sending.destination(.webhook, configuration)
    }

    private func isSigned(_ request: LocalServer.Request, by secret: String) throws -> Bool {
        WebhookSignature.isValid(
            request.headers["webhook-signature"].first ?? "", id: request.headers["webhook-id"].first ?? "",
            timestamp: request.headers["webhook-timestamp"].first ?? "", body: request.body,
            secrets: [try #require(WebhookSecret(secret))], at: Sending.now()
        )
    }

    @Test func `a receiver is called with a signature, the same id at every attempt`() async throws {
        try await LocalServer.with({ _ in .answer(204) }) { server in
            let attempt = Sending.attempt()
            for _ in 0..<2 {
                let outcome = await channel().send(
                    Sending.message(), to: receiver(server.url + "/hook"), attempt: attempt
                )
                #expect(outcome == .delivered(evidence: "status 204"))
            }
            #expect(
                server.requests.map { $0.headers["webhook-id"] } == [
                    [attempt.idempotencyKey], [attempt.idempotencyKey],
                ])
            let request = try #require(server.requests.first)
            #expect(try isSigned(request, by: secret))
            #expect(request.headers["content-type"] == ["application/json"])
            let json = try JSONValue.parse(request.body)
            #expect(json["type"] == "reminder")
            #expect(json["data"]?["title"] == "Buy milk")
            #expect(json["data"]?["task_id"] == .string(Sending.id(3).description))
        }
    }

    @Test func `while a secret is replaced, both sign`() async throws {
        let old = "whsec_" + String(repeating: "QUFB", count: 8)
        try await LocalServer.with { server in
            _ = await channel().send(
                Sending.message(), to: receiver(server.url, previous: old), attempt: Sending.attempt()
            )
            let request = try #require(server.requests.first)
            #expect(try isSigned(request, by: secret))
            #expect(try isSigned(request, by: old))
        }
    }

    @Test func `the secret before signs as the second, as long as its time lasts`() async throws {
        let old = "whsec_" + String(repeating: "QUFB", count: 8)
        try await LocalServer.with { server in
            for seconds in [60, 0, -60] {
                let receiver = receiver(server.url, previous: old, until: Sending.now() + .seconds(seconds))
                _ = await channel().send(Sending.message(), to: receiver, attempt: Sending.attempt())
            }
            for (request, isGood) in zip(server.requests, [true, false, false]) {
                #expect(try isSigned(request, by: secret))
                #expect(try isSigned(request, by: old) == isGood)
                let signatures = request.headers["webhook-signature"].first?.split(separator: " ") ?? []
                #expect(signatures.count == (isGood ? 2 : 1))
                let sent = try #require(Int64(request.headers["webhook-timestamp"].first ?? ""))
                let fields = WebhookSignature.fields(
                    id: request.headers["webhook-id"].first ?? "", at: Instant(seconds: sent), body: request.body,
                    secrets: [try #require(WebhookSecret(secret))])
                #expect(fields.last?.value == signatures.first.map(String.init), "the new one comes first")
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test func `an event is told as events are told everywhere`() async throws {
        try await LocalServer.with { server in
            var message = Sending.message(type: .taskEvent)
            message.event = [
                "event_id": "e", "event_type": "task.completed", "timestamp": "2026-01-15T10:00:00Z", "payload": [:],
            ]
            _ = await channel().send(message, to: receiver(server.url), attempt: Sending.attempt())
            let json = try JSONValue.parse(try #require(server.requests.first).body)
            #expect(json["type"] == "task.completed")
            #expect(json["timestamp"] == "2026-01-15T10:00:00Z")
            #expect(json["data"] == message.event)
        }
    }

    @Test func `a name that leads elsewhere the second time is not called there`() async throws {
        try await LocalServer.with { server in
            let names = Sending.Names(["hook.test": [["127.0.0.1"], ["127.0.0.2"]]])
            let channel = channel(Sending.calls(names))
            // https is asked of names; the port speaks none of it, so that a call that is let through fails later.
            let url = "https://hook.test:\(server.port)/"
            let first = await channel.send(Sending.message(), to: receiver(url), attempt: Sending.attempt())
            guard case .retry = first else {
                Issue.record("\(first)")
                return
            }
            #expect(names.questions == 1, "asked once, and called where it led then")
            #expect(server.connections == 1)
            let second = await channel.send(Sending.message(), to: receiver(url), attempt: Sending.attempt())
            #expect(second == .misconfigured(reason: "The address is not a public one."))
            #expect(server.connections == 1)
        }
    }

    @Test func `a redirect to this machine is not followed`() async throws {
        try await LocalServer.with { inner in
            try await LocalServer.with({ _ in .answer(301, headers: [("Location", inner.url + "/secret")]) }) { outer in
                let outcome = await channel().send(
                    Sending.message(), to: receiver(outer.url), attempt: Sending.attempt()
                )
                guard case .misconfigured = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                #expect(inner.connections == 0)
            }
        }
    }

    @Test func `without a secret nothing is sent`() async throws {
        try await LocalServer.with { server in
            let outcome = await channel().send(
                Sending.message(), to: Sending.destination(.webhook, ["url": .string(server.url)]),
                attempt: Sending.attempt()
            )
            #expect(outcome == .misconfigured(reason: "There is no secret to sign with."))
            #expect(server.connections == 0)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct NtfyChannelTests {
    private func channel() -> NtfyChannel {
        NtfyChannel(publicURL: "https://errand.example.com", calls: Sending.calls())
    }

    @Test func `a topic gets title, text, priority and a way to the task`() async throws {
        try await LocalServer.with { server in
            let topic = Sending.destination(
                .ntfy, ["server": .string(server.url), "topic": "errands", "token": "tk_secret"]
            )
            let outcome = await channel().send(Sending.message(), to: topic, attempt: Sending.attempt())
            #expect(outcome == .delivered(evidence: "status 200"))
            let request = try #require(server.requests.first)
            #expect(request.headers["authorization"] == ["Bearer tk_secret"])
            let json = try JSONValue.parse(request.body)
            #expect(json["topic"] == "errands")
            #expect(json["title"] == "Buy milk")
            #expect(json["message"] == "Due 2026-11-27, 18:00")
            #expect(json["priority"] == 4)
            #expect(json["click"]?.string?.hasSuffix("/#/tasks/\(Sending.id(3))") == true)
        }
    }

    @Test func `a text of any length stays a message`() {
        for text in ["", String(repeating: "😀", count: 20_000)] {
            let json = channel().body(Sending.message(body: text), topic: "t")
            #expect((1...4_000).contains(json["message"]?.string?.utf8.count ?? 0))
        }
    }
}
