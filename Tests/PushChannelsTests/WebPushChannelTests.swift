import CivilTime
import Crypto
import ErrandCore
import Foundation
import HTTPCalls
import LocalServers
import NIOHTTP1
import PushChannels
import SignedTokens
import Testing
import WebPush

@Suite(.timeLimit(.minutes(1))) struct WebPushChannelTests {
    private let receiver = P256.KeyAgreement.PrivateKey()
    private let secret = Array("sixteen bytes ok".utf8)
    private let keys = VapidKeys()

    private func channel(_ calls: ChannelCalls = Sending.calls()) throws -> WebPushChannel {
        let contact = try #require(VapidContact("mailto:push@example.com"))
        return WebPushChannel(
            signer: VapidSigner(keys: keys, contact: contact, now: Sending.now),
            publicURL: "https://errand.example.com", calls: calls
        )
    }

    private func browser(_ endpoint: String) -> ChannelDestination {
        Sending.destination(
            .webPush,
            [
                "endpoint": .string(endpoint),
                "p256dh": .string(Base64URL.encode(receiver.publicKey.x963Representation)),
                "auth": .string(Base64URL.encode(secret)),
            ]
        )
    }

    @Test func `a browser gets a message that it alone can read, of ours`() async throws {
        try await LocalServer.with({ _ in .answer(201, headers: [("Location", "https://push.example.net/m/1")]) }) {
            server in
            let outcome = try await channel().send(
                Sending.message(), to: browser("\(server.url)/push/abc?x=1"), attempt: Sending.attempt()
            )
            #expect(outcome == .delivered(evidence: "status 201"))
            let request = try #require(server.requests.first)
            #expect(request.method == "POST" && request.target == "/push/abc?x=1")
            #expect(request.headers["content-encoding"] == ["aes128gcm"])
            #expect(request.headers["content-type"] == ["application/octet-stream"])
            #expect(request.headers["ttl"] == ["3600"])
            #expect(request.headers["urgency"] == ["high"])
            #expect(request.headers["topic"] == ["0123456789abcdef0123456789abcdef"])
            #expect(request.headers["content-length"] == [String(request.body.count)])
            let field = try #require(request.headers["authorization"].first)
            let match = try #require(field.wholeMatch(of: /vapid t=(.+), k=(.+)/))
            let token = try #require(JSONWebToken(String(match.1)))
            #expect(token.claims["aud"] == .string(server.url))
            #expect(String(match.2) == keys.publicKey)
            let plain = try PushEncryption.open(request.body, receiver: receiver, secret: secret)
            let json = try JSONValue.parse(plain)
            #expect(json["title"] == "Buy milk")
            #expect(json["task_id"] == .string(Sending.id(3).description))
            #expect(json["url"] == .string("https://errand.example.com/#/tasks/\(Sending.id(3))"))
            #expect(json["web_push"] == 8030)
            #expect(json["notification"]?["navigate"] == json["url"])
            #expect(json["actions"]?.array?.compactMap { $0["action"]?.string } == ["done", "snooze", "open"])
        }
    }

    @Test(arguments: [301, 302, 307, 308]) func `a redirect is not followed`(status: Int) async throws {
        try await LocalServer.with({ request in
            request.target == "/" ? .answer(status, headers: [("Location", "/secret")]) : .answer(201)
        }) { server in
            let outcome = try await channel().send(
                Sending.message(), to: browser(server.url + "/"), attempt: Sending.attempt()
            )
            guard case .misconfigured = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(server.requests.map(\.target) == ["/"])
        }
    }

    @Test func `a private address is not called, however it is spelt`() async throws {
        try await LocalServer.with { server in
            let channel = try channel(Sending.calls(privateHosts: []))
            for host in ["127.0.0.1", "localhost", "[::1]"] {
                let outcome = await channel.send(
                    Sending.message(), to: browser("http://\(host):\(server.port)/"), attempt: Sending.attempt()
                )
                #expect(outcome == .misconfigured(reason: "The address is not a public one."))
            }
            #expect(server.connections == 0)
        }
    }

    @Test func `only the host and port that the operator named may be private`() async throws {
        try await LocalServer.with({ _ in .answer(201) }) { server in
            func send(_ hosts: Set<String>) async throws -> DeliveryOutcome {
                try await channel(Sending.calls(privateHosts: hosts)).send(
                    Sending.message(), to: browser(server.url + "/"), attempt: Sending.attempt()
                )
            }
            let named = try await send(["127.0.0.1:\(server.port)"])
            #expect(named == .delivered(evidence: "status 201"))
            for hosts in [["localhost"], ["127.0.0.2"], ["127.0.0.1:1"], ["27.0.0.1"]] {
                let other = try await send(Set(hosts))
                #expect(other == .misconfigured(reason: "The address is not a public one."))
            }
        }
    }

    @Test func `who says nothing, hangs up, talks for ever or is gone holds nothing up`() async throws {
        let replies: [(LocalServer.Reply, String)] = [
            (.silence, "No answer: it did not answer in time."), (.hangUp, "No answer: the connection broke off."),
        ]
        for (reply, reason) in replies {
            try await LocalServer.with({ _ in reply }) { server in
                let start = ContinuousClock.now
                let outcome = try await channel().send(
                    Sending.message(), to: browser(server.url + "/"),
                    attempt: Sending.attempt(within: .milliseconds(400))
                )
                #expect(outcome == .retry(after: nil, reason: reason))
                #expect(ContinuousClock.now - start < .seconds(10))
            }
        }
        for reply in [LocalServer.Reply.endless, .trickle, .announcing(bytes: 1_000_000)] {
            try await LocalServer.with({ _ in reply }) { server in
                let outcome = try await channel().send(
                    Sending.message(), to: browser(server.url + "/"), attempt: Sending.attempt()
                )
                #expect(outcome == .delivered(evidence: "status 200"), "the status has said it")
                #expect(server.bytesWritten < 20_000_000)
            }
        }
        let dead = try await LocalServer.deadPort()
        let outcome = try await channel().send(
            Sending.message(), to: browser("http://127.0.0.1:\(dead)/"), attempt: Sending.attempt()
        )
        #expect(outcome == .retry(after: nil, reason: "No answer: nothing answers there."))
    }

    @Test func `a broken subscription is said to be one`() async throws {
        let outcome = try await channel().send(
            Sending.message(), to: Sending.destination(.webPush, ["endpoint": "https://push.example.net/"]),
            attempt: Sending.attempt()
        )
        guard case .misconfigured(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("p256dh"))
    }

    @Test func `whatever is sent fits, and the most important stays`() throws {
        let long = String(repeating: "ä", count: 500)
        let hostile = String(repeating: "\u{7}\"\\", count: 3_400)
        for (title, body) in [
            ("Buy milk", ""), (long, ""), (long, long), ("Buy milk", String(repeating: "x", count: 60_000)),
            (String(repeating: "😀", count: 500), String(repeating: "😀", count: 500)), (hostile, hostile),
        ] {
            let bytes = WebPushPayload.bytes(
                Sending.message(title, body: body), publicURL: "https://errand.example.com",
                upTo: PushEncryption.messageBytesMax
            )
            #expect(bytes.count <= PushEncryption.messageBytesMax)
            let json = try JSONValue.parse(bytes)
            let shown = try #require(json["title"]?.string)
            #expect(title.hasPrefix(shown.hasSuffix("…") ? String(shown.dropLast()) : shown))
            #expect(json["task_id"] == .string(Sending.id(3).description))
            #expect(json["actions"]?.array?.count == 3)
        }
        let bytes = WebPushPayload.bytes(Sending.message(), publicURL: "https://errand.example.com", upTo: 3_993)
        #expect(bytes.count < 1_600, "usually far below the limit")
    }
}
