import ErrandCore
import ModelContextProtocol
import Testing

@Suite struct StdioConversationTests {
    private func conversation() -> StdioConversation {
        StdioConversation(server: Talk.server) { $0.hasPrefix("a://") }
    }

    private func sent(_ actions: [StdioConversation.Action]) -> [JSONValue] {
        actions.compactMap { if case .send(let message) = $0 { message } else { nil } }
    }

    @Test func `both eras are spoken in one process`() {
        var talk = conversation()
        let hello = sent(
            talk.receive(Talk.legacy("initialize", ["protocolVersion": "2025-06-18"]).serialized()))
        #expect(hello.first?["result"]?["protocolVersion"] == "2025-06-18")
        #expect(talk.receive(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.utf8).isEmpty)
        let discovered = sent(talk.receive(Talk.modern("server/discover", id: 2).serialized()))
        #expect(discovered.first?["result"]?["resultType"] == "complete")
    }

    @Test func `lines that are no messages are answered, and the conversation goes on`() {
        var talk = conversation()
        #expect(sent(talk.receive("{".utf8)).first?["error"]?["code"] == -32700)
        #expect(sent(talk.receive("[]".utf8)).first?["error"]?["code"] == -32600)
        #expect(sent(talk.receive(#"{"jsonrpc":"2.0","id":9,"result":{}}"#.utf8)).isEmpty)
        let unknown = sent(talk.receive(Talk.legacy("nope", id: "x").serialized()))
        #expect(unknown.first?["error"]?["code"] == -32601 && unknown.first?["id"] == "x")
        #expect(sent(talk.receive(Talk.legacy("ping").serialized())).first?["result"] == [:])
    }

    @Test func `after a cancellation nothing is said of that request`() throws {
        var talk = conversation()
        let actions = talk.receive(Talk.legacy("tools/call", ["name": "a"], id: 5).serialized())
        guard case .perform(let request)? = actions.first else {
            Issue.record("\(actions)")
            return
        }
        #expect(talk.notify(request.id, ["x": 1]).count == 1)
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"#
        #expect(talk.receive(cancel.utf8) == [.cancel(.number(5))])
        #expect(talk.finish(.number(5), with: ["late": true]).isEmpty)
        #expect(talk.notify(request.id, ["x": 1]).isEmpty)
        #expect(talk.receive(cancel.utf8).isEmpty, "once is enough")
    }

    @Test func `an id that is in use is not taken twice`() {
        var talk = conversation()
        _ = talk.receive(Talk.legacy("tools/call", ["name": "a"], id: 5).serialized())
        let again = sent(talk.receive(Talk.legacy("tools/list", id: 5).serialized()))
        #expect(again.first?["error"]?["code"] == -32600)
        #expect(talk.finish(.number(5), with: ["ok": true]) == [.send(["ok": true])])
        #expect(talk.receive(Talk.legacy("tools/list", id: 5).serialized()).count == 1)
    }

    @Test func `listen tells of what is followed, under its id, until it is cancelled`() throws {
        var talk = conversation()
        let first = sent(
            talk.receive(
                Talk.modern(
                    "subscriptions/listen",
                    ["notifications": ["resourceSubscriptions": ["a://1", "b://2"], "toolsListChanged": true]], id: "l"
                ).serialized()))
        #expect(first.first?["method"] == "notifications/subscriptions/acknowledged")
        #expect(first.first?["params"]?["notifications"] == ["resourceSubscriptions": ["a://1"]])
        #expect(first.first?["params"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "l")
        #expect(talk.isFollowing)
        let told = sent(talk.changed { $0 == "a://1" })
        #expect(told.map { $0["params"]?["uri"] } == ["a://1"])
        #expect(told.first?["params"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "l")
        #expect(talk.changed { $0 == "a://9" }.isEmpty)
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"l"}}"#
        #expect(talk.receive(cancel.utf8).isEmpty)
        #expect(talk.changed { _ in true }.isEmpty && !talk.isFollowing)
    }

    @Test func `an end by the server is a result`() {
        var talk = conversation()
        _ = talk.receive(
            Talk.modern("subscriptions/listen", ["notifications": [:]], id: "l").serialized())
        let last = sent(talk.end())
        #expect(last.first?["id"] == "l" && last.first?["result"]?["resultType"] == "complete")
        #expect(last.first?["result"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "l")
        #expect(talk.end().isEmpty)
    }

    @Test func `resources-subscribe and resources-unsubscribe`() {
        var talk = conversation()
        #expect(
            sent(talk.receive(Talk.legacy("resources/subscribe", ["uri": "a://1"]).serialized())).first?["result"]
                == [:])
        #expect(
            sent(talk.receive(Talk.legacy("resources/subscribe", ["uri": "b://1"]).serialized())).first?["error"]?[
                "code"] == -32002)
        let told = sent(talk.changed { _ in true })
        #expect(told == [["jsonrpc": "2.0", "method": "notifications/resources/updated", "params": ["uri": "a://1"]]])
        _ = talk.receive(Talk.legacy("resources/unsubscribe", ["uri": "a://1"]).serialized())
        #expect(talk.changed { _ in true }.isEmpty)
    }
}
