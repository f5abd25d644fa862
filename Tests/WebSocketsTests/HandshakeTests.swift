import HTTPTypes
import Testing
import WebSockets

@Suite struct HandshakeTests {
    /// Of the RFC, and of the article on WebSocket in Wikipedia.
    @Test(arguments: [
        ("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        ("x3JJHMbDL1EzLkh9GBhXDw==", "HSmrc0sMlYUkAGmm5OPpG2HaGWk="),
    ])
    func `the proof is that of published examples`(key: String, accept: String) {
        #expect(WebSocketHandshake.accept(key: key) == accept)
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
