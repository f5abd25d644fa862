import ErrandCore
import ModelContextProtocol

/// What clients say, and what the server makes of it.
enum Talk {
    static let server = ProtocolServer(
        name: "test", title: "Test", version: "1", description: "A test.", instructions: "Be brief.", pushes: true
    )
    static let version = "io.modelcontextprotocol/protocolVersion"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"

    /// A request of the later era.
    static func modern(
        _ method: String, _ params: JSONObject = [:], id: JSONValue = 1, capabilities: JSONValue = [:],
        version: JSONValue = "2026-07-28", meta: JSONObject = [:]
    ) -> JSONValue {
        var params = params
        var all: JSONObject = [Talk.version: version, Talk.capabilities: capabilities]
        for member in meta.members { all[member.name] = member.value }
        params["_meta"] = .object(all)
        return legacy(method, params, id: id)
    }

    static func legacy(_ method: String, _ params: JSONObject = [:], id: JSONValue = 1) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
    }

    static func envelope(
        _ method: String, version: String? = "2026-07-28", name: String? = nil
    ) -> Envelope { Envelope(version: version, method: method, name: name) }

    /// What becomes of a message, in short.
    static func intake(_ json: JSONValue, in envelope: Envelope? = nil) -> ProtocolServer.Intake {
        do {
            return server.receive(try IncomingMessage(json), in: envelope)
        } catch {
            return .refusal(error, IncomingMessage.id(of: json), .modern)
        }
    }

    static func request(_ json: JSONValue, in envelope: Envelope? = nil) -> ClientRequest? {
        if case .request(let request) = intake(json, in: envelope) { request } else { nil }
    }

    static func answer(_ json: JSONValue, in envelope: Envelope? = nil) -> JSONValue? {
        if case .answer(let answer) = intake(json, in: envelope) { answer } else { nil }
    }

    static func code(_ json: JSONValue, in envelope: Envelope? = nil) -> Int? {
        if case .refusal(let error, _, _) = intake(json, in: envelope) { error.code } else { nil }
    }
}
