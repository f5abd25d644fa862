import HTTPTypes
import Testing
import WebSockets

@Suite struct HandshakeTests {
    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        (String(repeating: "a", count: 1000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
    ])
    func `SHA-1 agrees with published values`(text: String, digest: String) {
        let hex = SHA1.hash(text.utf8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        #expect(hex.joined() == digest)
    }

    @Test func `the proof is that of the RFC`() {
        #expect(WebSocketHandshake.accept(key: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    private func request(
        _ changes: [HTTPField.Name: String?] = [:], method: HTTPRequest.Method = .get
    ) -> WebSocketHandshake {
        var request = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: "/")
        request.headerFields = [
            .upgrade: "websocket", .connection: "Upgrade", .secWebSocketVersion: "13",
            .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        for (name, value) in changes { request.headerFields[name] = value }
        return WebSocketHandshake(request)
    }

    @Test(
        arguments: [
            [:], [.upgrade: "WebSocket"], [.connection: "keep-alive, upgrade"], [.contentLength: "0"],
            [.upgrade: "h2c, websocket"],
        ] as [[HTTPField.Name: String]])
    func `a handshake may be written in more than one way`(changes: [HTTPField.Name: String]) {
        #expect(request(changes) == .valid(accept: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    @Test(
        arguments: [
            [.upgrade: nil], [.upgrade: "h2c"], [.connection: nil], [.connection: "close"], [.secWebSocketKey: nil],
            [.secWebSocketKey: "c2hvcnQ="], [.secWebSocketKey: "not base64"], [.contentLength: "5"],
            [.transferEncoding: "chunked"],
        ] as [[HTTPField.Name: String?]])
    func `what is not a handshake is an ordinary request`(changes: [HTTPField.Name: String?]) {
        #expect(request(changes) == .none)
    }

    @Test func `only GET can be a handshake`() {
        #expect(request(method: .post) == .none)
    }

    @Test(arguments: [nil, "8", "12", "13, 8"])
    func `other versions are told apart`(version: String?) {
        #expect(request([.secWebSocketVersion: version]) == .otherVersion)
    }
}
