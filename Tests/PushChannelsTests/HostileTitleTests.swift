import ErrandCore
import LocalServers
import NIOHTTP1
import PushChannels
import Testing

/// Titles that would like to be more than titles.
@Suite(.timeLimit(.minutes(1))) struct HostileTitleTests {
    private static let titles = [
        "Milk\r\nX-Evil: 1", "Milk\r\n\r\nPOST /evil HTTP/1.1\r\nHost: evil", "Milk\n\u{0}X-Evil: 1",
        "Milk\u{2028}X-Evil: 1", #"Milk","title":"other"#, String(repeating: "x", count: 10_000),
        String(repeating: "👩‍👩‍👧", count: 3_000),
    ]
    /// What every call has beside the signature.
    private static let usual = [
        "content-type", "user-agent", "content-length", "host", "connection", "accept-encoding",
    ]

    @Test func `a webhook gets a title as it is, and one call without another header`() async throws {
        for title in Self.titles {
            try await LocalServer.with { server in
                let destination = Sending.destination(
                    .webhook,
                    ["url": .string(server.url + "/hook"), "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
                let channel = WebhookChannel(
                    publicURL: "https://errand.example.com", calls: Sending.calls(), now: Sending.now)
                let outcome = await channel.send(Sending.message(title), to: destination, attempt: Sending.attempt())
                #expect(outcome == .delivered(evidence: "status 200"))
                let body = try check(server.requests, ["webhook-id", "webhook-timestamp", "webhook-signature"])
                let isSame = body["data"]?["title"]?.string == title
                #expect(isSame)
            }
        }
    }

    @Test func `ntfy gets a title that fits, and one call without another header`() async throws {
        for title in Self.titles {
            try await LocalServer.with { server in
                let destination = Sending.destination(.ntfy, ["server": .string(server.url), "topic": "milk"])
                let channel = NtfyChannel(publicURL: "https://errand.example.com", calls: Sending.calls())
                let outcome = await channel.send(Sending.message(title), to: destination, attempt: Sending.attempt())
                #expect(outcome == .delivered(evidence: "status 200"))
                let body = try check(server.requests, [])
                let shown = try #require(body["title"]?.string)
                let isBeginning = title.hasPrefix(shown.hasSuffix("…") ? String(shown.dropLast()) : shown)
                #expect(isBeginning && body["topic"] == "milk" && shown.utf8.count < 8_000)
            }
        }
    }

    /// - Returns: the body of the only call.
    private func check(_ requests: [LocalServer.Request], _ own: [String]) throws -> JSONValue {
        #expect(requests.count == 1)
        let request = try #require(requests.first)
        let names = Set(request.headers.map { $0.name.lowercased() })
        #expect(names.isSubset(of: Self.usual + own), "\(names)")
        return try JSONValue.parse(request.body)
    }
}
