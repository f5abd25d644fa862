import APIService
import CivilTime
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct AgentContentTests {
    @Test func `resources-list, resources-templates-read and resources-read-text`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            _ = try await agent.call(
                "add_task", ["tasks": [["title": "A", "tags": ["home"], "due_date": "today"], ["title": "B"]]]
            )
            let listed = try await agent.result("resources/list")
            let templates = try await agent.result("resources/templates/list")
            #expect(templates["resourceTemplates"]?.array?.count == 3)
            var uris = (listed["resources"]?.array ?? []).compactMap { $0["uri"]?.string }
            uris += [
                "errand://tasks/1", "errand://agenda/tomorrow", "errand://agenda/2026-01-15", "errand://tags/home",
            ]
            for uri in uris {
                let read = try await agent.result("resources/read", ["uri": .string(uri)])
                let content = try #require(read["contents"]?.array?.first)
                #expect(content["uri"] == .string(uri) && content["mimeType"] == "application/json")
                _ = try JSONValue.parse(content["text"]?.string ?? "")
                #expect(read["cacheScope"] == "private")
            }
            let task = try await agent.result("resources/read", ["uri": "errand://tasks/1"])
            let json = try JSONValue.parse(task["contents"]?.array?.first?["text"]?.string ?? "")
            #expect(json["title"] == "A" && json["version"] == 1 && json["description"] == "")
        }
    }

    @Test(arguments: [
        "errand://tasks/99", "errand://tasks/x", "errand://nope", "http://tasks", "", "errand://tasks/1/2",
        "errand://agenda/nonsense", "errand://tags/a,b",
    ])
    func `sep-2164-resource-not-found`(_ uri: String) async throws {
        try await TestAPI.with { api in
            let modern = try await api.agent()
            let answer = try await modern.send("resources/read", ["uri": .string(uri)], headers: ["mcp-name": uri])
            if uri.isEmpty { return }
            #expect(answer.status == 400 && answer.json["error"]?["code"] == -32602)
            #expect(answer.json["error"]?["data"]?["uri"] == .string(uri))
            let legacy = AgentClient(api: api, token: modern.token, legacy: "2025-11-25")
            #expect(try await legacy.refusal("resources/read", ["uri": .string(uri)]) == "200 -32002")
        }
    }

    @Test func `what is another's is not there`() async throws {
        try await TestAPI.with { api in
            let (ana, ben) = (try await api.agent(), try await api.agent("ben"))
            let made = try await ana.call("add_task", ["title": "Secret"])
            let id = made["structuredContent"]?["tasks"]?.array?.first?["id"]?.string ?? ""
            for name in ["1", id] {
                #expect(
                    try await ben.refusal("resources/read", ["uri": .string("errand://tasks/\(name)")]) == "400 -32602")
                #expect(try await ben.call("complete_task", ["task_id": .string(name)])["isError"] == true)
            }
            #expect(try await ben.call("search_tasks", ["query": "secret"])["structuredContent"]?["count"] == 0)
        }
    }

    @Test func `prompts-list, prompts-get-simple, prompts-get-with-args and with embedded resource`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            _ = try await agent.call("add_task", ["title": "Pay rent", "tags": ["home"]])
            let names = (try await agent.result("prompts/list")["prompts"]?.array ?? []).compactMap {
                $0["name"]?.string
            }
            #expect(names == ["plan_my_day", "weekly_review", "brain_dump"])
            let plan = try await agent.result("prompts/get", ["name": "plan_my_day"])
            #expect(plan["messages"]?.array?.count == 2)
            #expect(plan["messages"]?.array?.last?["content"]?["resource"]?["uri"] == "errand://agenda/today")
            let review = try await agent.result(
                "prompts/get", ["name": "weekly_review", "arguments": ["tag": "home"]]
            )
            let embedded = review["messages"]?.array?.last?["content"]?["resource"]?["text"]?.string ?? ""
            #expect(embedded.contains("Pay rent"))
            let dump = try await agent.result(
                "prompts/get", ["name": "brain_dump", "arguments": ["notes": "call Eva friday"]]
            )
            #expect(dump["messages"]?.array?.first?["content"]?["text"]?.string?.hasSuffix("call Eva friday") == true)
            #expect(try await agent.refusal("prompts/get", ["name": "brain_dump"]) == "400 -32602")
            #expect(try await agent.refusal("prompts/get", ["name": "nope"]) == "400 -32602")
            #expect(
                try await agent.refusal("prompts/get", ["name": "plan_my_day", "arguments": ["day": "whenever"]])
                    == "400 -32602")
            #expect(try await agent.refusal("prompts/list", ["cursor": "x"]) == "400 -32602")
        }
    }

    @Test func `completion-complete`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent()
            _ = try await agent.call(
                "add_task", ["tasks": [["title": "Buy milk", "tags": ["Home"]], ["title": "B", "tags": ["work"]]]]
            )
            func values(_ ref: JSONValue, _ name: String, _ value: String) async throws -> [String] {
                let result = try await agent.result(
                    "completion/complete",
                    ["ref": ref, "argument": ["name": .string(name), "value": .string(value)]]
                )
                return (result["completion"]?["values"]?.array ?? []).compactMap(\.string)
            }
            let review: JSONValue = ["type": "ref/prompt", "name": "weekly_review"]
            #expect(try await values(review, "tag", "ho") == ["Home"])
            #expect(try await values(review, "tag", "") == ["Home", "work"])
            #expect(try await values(review, "nope", "") == [])
            #expect(
                try await values(["type": "ref/resource", "uri": "errand://tasks/{number}"], "number", "milk") == ["1"])
            #expect(
                try await values(["type": "ref/resource", "uri": "errand://agenda/{day}"], "day", "tom") == ["tomorrow"]
            )
            let bad: JSONObject = [
                "ref": ["type": "ref/prompt", "name": "x"], "argument": ["name": "a", "value": ""],
            ]
            #expect(try await agent.refusal("completion/complete", bad) == "400 -32602")
        }
    }

    /// `input-required-result-basic-elicitation`, `-request-state`, `-tampered-state`, `-missing-input-response`,
    /// `-validate-input`, `-capability-check`.
    @Test func `a person is asked before several tasks are deleted`() async throws {
        try await TestAPI.with { api in
            let agent = try await api.agent(capabilities: ["elicitation": [:]])
            _ = try await agent.call("add_task", ["tasks": [["title": "A"], ["title": "B"], ["title": "C"]]])
            let call: JSONObject = ["name": "delete_task", "arguments": ["task_ids": [1, 2]]]
            let asked = try await agent.result("tools/call", call)
            #expect(asked["resultType"] == "input_required")
            let form = try #require(asked["inputRequests"]?["confirm"]?["params"])
            #expect(form["message"] == "Delete 2 tasks (1: A; 2: B)?")
            let state = try #require(asked["requestState"]?.string)
            func again(_ state: String, _ responses: JSONValue, ids: JSONValue = [1, 2]) -> JSONObject {
                [
                    "name": "delete_task", "arguments": ["task_ids": ids], "requestState": .string(state),
                    "inputResponses": responses,
                ]
            }
            let yes: JSONValue = ["confirm": ["action": "accept", "content": ["confirm": true]]]
            for forged in ["", "x", "1.AAAA", state + "A", "9" + state] {
                #expect(try await agent.refusal("tools/call", again(forged, yes)) == "400 -32602", "\(forged)")
            }
            #expect(
                try await agent.refusal("tools/call", again(state, yes, ids: [1, 3])) == "400 -32602", "other tasks")
            for none in [
                [:], ["other": ["action": "decline"]], ["confirm": ["action": "accept", "content": ["confirm": 5]]],
            ]
                as [JSONValue]
            {
                #expect(try await agent.result("tools/call", again(state, none))["resultType"] == "input_required")
            }
            let no = try await agent.result("tools/call", again(state, ["confirm": ["action": "decline"]]))
            #expect(no["structuredContent"]?["status"] == "declined")
            #expect(try await agent.call("list_tasks", [:])["structuredContent"]?["count"] == 3)
            let done = try await agent.result("tools/call", again(state, yes))
            #expect(done["structuredContent"]?["status"] == "deleted" && done["resultType"] == "complete")
            // Who cannot be asked is told what to do instead.
            let plain = AgentClient(api: api, token: agent.token)
            _ = try await plain.call("add_task", ["title": "D"])
            let told = try await plain.call("delete_task", ["task_ids": [3, 4]])
            #expect(told["structuredContent"]?["status"] == "needs_confirmation")
            api.clock.advance(by: .minutes(11))
            let late = try await agent.send("tools/call", again(state, yes))
            #expect(late.status != 200, "a consent is good for ten minutes")
        }
    }

    @Test func `the log tells which resources are not what they were`() async throws {
        try await TestAPI.with { api in
            let account = try await api.signUp()
            let token = try await api.agentToken(of: account["access_token"]?.string ?? "")
            let agent = AgentClient(api: api, token: token)
            let user = try #require(UserID(account["user"]?["id"]?.string ?? ""))
            _ = try await agent.call("add_task", ["tasks": [["title": "A"], ["title": "B"]]])
            let watch = AgentWatch(api.environment.store, for: user)
            let start = try await watch.end()
            let quiet = try await watch.changes(after: start)
            #expect(quiet.0.isEmpty && quiet.1 == start)
            let done = try await agent.call("complete_task", ["task_id": 2])
            let id = done["structuredContent"]?["tasks"]?.array?.first?["id"]?.string ?? ""
            let (changes, end) = try await watch.changes(after: start)
            for uri in [
                "errand://tasks/2", "errand://tasks/\(id)", "errand://tasks", "errand://tags", "errand://agenda/today",
            ] {
                #expect(changes.affect(uri) && AgentChanges.isFollowed(uri), "\(uri)")
            }
            for uri in ["errand://tasks/1", "errand://me", "http://nowhere"] { #expect(!changes.affect(uri), "\(uri)") }
            _ = try await api.send(
                .patch, "/api/v1/me", token: agent.token, json: ["time_zone": "Europe/Paris"]
            )
            let (settings, _) = try await watch.changes(after: end)
            #expect(settings.affect("errand://me") && settings.affect("errand://agenda/today"))
            #expect(!settings.affect("errand://tasks"))
        }
    }
}
