import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// A client of the Model Context Protocol over the router, in either era.
struct AgentClient: Sendable {
    let api: TestAPI
    let token: String?
    /// A revision of before 2026, or nil for the later era.
    var legacy: String?
    var capabilities: JSONValue = [:]

    /// - Parameters:
    ///   - meta: more members of `_meta`.
    ///   - headers: in place of those that follow, or besides them; an empty value leaves one out.
    func send(
        _ method: String, _ params: JSONObject = [:], id: JSONValue = 7, meta: JSONObject = [:],
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var (params, meta) = (params, meta)
        var all = ["accept": "application/json, text/event-stream"]
        if let legacy {
            all["mcp-protocol-version"] = legacy
        } else {
            meta["io.modelcontextprotocol/protocolVersion"] = "2026-07-28"
            meta["io.modelcontextprotocol/clientCapabilities"] = capabilities
            all["mcp-protocol-version"] = "2026-07-28"
            all["mcp-method"] = method
            if let name = (params["name"] ?? params["uri"])?.string { all["mcp-name"] = name }
        }
        if !meta.isEmpty { params["_meta"] = .object(meta) }
        for (name, value) in headers { all[name] = value.isEmpty ? nil : value }
        return try await api.send(
            .post, "/mcp", token: token, headers: all,
            json: ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
        )
    }

    /// The result, where there has to be one.
    func result(_ method: String, _ params: JSONObject = [:], meta: JSONObject = [:]) async throws -> JSONValue {
        let answer = try await send(method, params, meta: meta)
        #expect(answer.status == 200, "\(method): \(answer.json.text)")
        #expect(answer.json["id"] == 7)
        return try #require(answer.json["result"], "\(method): \(answer.json.text)")
    }

    func call(_ tool: String, _ arguments: JSONValue, meta: JSONObject = [:]) async throws -> JSONValue {
        try await result("tools/call", ["name": .string(tool), "arguments": arguments], meta: meta)
    }

    /// Status and code of what is refused.
    func refusal(
        _ method: String, _ params: JSONObject = [:], headers: [String: String] = [:]
    ) async throws -> String {
        let answer = try await send(method, params, headers: headers)
        let code = answer.json["error"]?["code"]?.integer.map(String.init) ?? answer.code ?? "?"
        return "\(answer.status) \(code)"
    }
}

extension TestAPI {
    /// A signed-in client, in the later era unless it is told otherwise.
    func agent(
        _ name: String = "ana", legacy: String? = nil, capabilities: JSONValue = [:]
    ) async throws -> AgentClient {
        let token = try await agentToken(of: try await token(of: name))
        return AgentClient(api: self, token: token, legacy: legacy, capabilities: capabilities)
    }

    /// A personal token with all the rights that one can have; sessions are for other doors.
    ///
    /// - Parameter person: the access token of somebody who is signed in.
    func agentToken(of person: String) async throws -> String {
        let made = try await send(
            .post, "/api/v1/me/tokens", token: person,
            json: ["name": "agent", "scopes": ["tasks:read", "tasks:write", "account:read", "account:write"]]
        )
        return try #require(made.json["token"]?.string, "\(made.json.text)")
    }
}
