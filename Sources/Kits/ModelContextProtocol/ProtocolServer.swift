public import ErrandCore

/// Understands what clients say, in both eras, and answers what needs nobody else: the life cycle and every mistake.
///
/// A value without a memory: over HTTP nothing is known from one request to the next. What a conversation over standard
/// input remembers is in ``StdioConversation``.
public struct ProtocolServer: Hashable, Sendable {
    public let name: String
    public let title: String
    public let version: String
    public let description: String
    /// For models: what the server is for.
    public let instructions: String
    /// Whether messages can be sent that nobody has asked for, so that the earlier era can subscribe.
    public let pushes: Bool

    public init(
        name: String, title: String, version: String, description: String, instructions: String, pushes: Bool
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.description = description
        self.instructions = instructions
        self.pushes = pushes
    }

    /// What becomes of a message.
    public enum Intake: Hashable, Sendable {
        /// It is answered with this.
        case answer(JSONValue)
        /// It is answered with this error.
        case refusal(ProtocolError, MessageID?, ProtocolEra)
        /// There is nothing to answer.
        case noted(method: String, params: JSONObject)
        /// It is for the host to do.
        case request(ClientRequest)
    }

    /// - Parameter envelope: what the transport says of the message; nil where it says nothing.
    public func receive(_ message: IncomingMessage, in envelope: Envelope?) -> Intake {
        switch message {
        case .response: return .refusal(.invalidRequest("Nothing was asked that this answers."), nil, .modern)
        case .notification(let method, let params): return .noted(method: method, params: params)
        case .request(let id, let method, let params):
            let meta = params["_meta"]?.object ?? JSONObject()
            do throws(ProtocolError) {
                let era = try era(method, params, meta, in: envelope)
                let reading = RequestReading(
                    id: id, era: era, method: method, params: params, meta: meta, serverInfo: info, pushes: pushes
                )
                if let result = try lifeCycle(reading) { return .answer(result) }
                return .request(try reading.request())
            } catch {
                return .refusal(error, id, isModern(meta, envelope) ? .modern : .legacy(version: ""))
            }
        }
    }

    private func isModern(_ meta: JSONObject, _ envelope: Envelope?) -> Bool {
        if let version = envelope?.version, !ProtocolEra.legacyVersions.contains(version) { return true }
        return meta[MetaKey.version] != nil
    }

    /// Which era a request is of, once all that it says of itself is known to agree.
    private func era(
        _ method: String, _ params: JSONObject, _ meta: JSONObject, in envelope: Envelope?
    ) throws(ProtocolError) -> ProtocolEra {
        let said = meta[MetaKey.version]
        if let envelope {
            if let version = envelope.version, ProtocolEra.legacyVersions.contains(version) {
                if said != nil { throw .headerMismatch("MCP-Protocol-Version and the body disagree.") }
                return .legacy(version: version)
            }
            if envelope.version == nil {
                if said != nil { throw .headerMismatch("The header MCP-Protocol-Version is missing.") }
                return .legacy(version: ProtocolEra.legacyAssumed)
            }
        } else if said == nil {
            return .legacy(version: ProtocolEra.legacyLatest)
        }
        guard let version = said?.string else { throw .invalidParams("_meta must name the protocol version.") }
        guard meta[MetaKey.capabilities]?.object != nil else {
            throw .invalidParams("_meta must name the client's capabilities.")
        }
        if let envelope { try checkMirror(envelope, version, method, params) }
        guard ProtocolEra.modernVersions.contains(version) else { throw .unsupportedVersion(version) }
        if let level = meta[MetaKey.logLevel], level.string.map(ProtocolServer.logLevels.contains) != true {
            throw .invalidParams("There is no such log level.")
        }
        return .modern
    }

    private static let logLevels: Set<String> = [
        "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ]

    /// Headers must say what the body says (MCP 2026-07-28, Streamable HTTP).
    private func checkMirror(
        _ envelope: Envelope, _ version: String, _ method: String, _ params: JSONObject
    ) throws(ProtocolError) {
        if envelope.version != version { throw .headerMismatch("MCP-Protocol-Version and the body disagree.") }
        if envelope.method != method { throw .headerMismatch("Mcp-Method and the body disagree.") }
        let member =
            switch method {
            case "tools/call", "prompts/get": "name"
            case "resources/read": "uri"
            default: String?.none
            }
        guard let member, let name = params[member]?.string else { return }
        if envelope.name != name { throw .headerMismatch("Mcp-Name and the body disagree.") }
    }

    /// What the server answers by itself; nil for what the host does.
    private func lifeCycle(_ reading: RequestReading) throws(ProtocolError) -> JSONValue? {
        switch (reading.method, reading.era) {
        case ("server/discover", .modern):
            return ClientRequest.response(
                to: reading.id, .modern,
                [
                    "supportedVersions": JSONValue(strings: ProtocolEra.modernVersions),
                    "capabilities": capabilities(in: .modern), "instructions": .string(instructions),
                ], caching: .shared(milliseconds: 300_000), info
            )
        case ("initialize", .legacy):
            guard let wanted = reading.params["protocolVersion"]?.string else {
                throw .invalidParams("protocolVersion must be a string.")
            }
            let version = ProtocolEra.legacyVersions.contains(wanted) ? wanted : ProtocolEra.legacyLatest
            let era = ProtocolEra.legacy(version: version)
            return ClientRequest.response(
                to: reading.id, era,
                [
                    "protocolVersion": .string(version), "capabilities": capabilities(in: era), "serverInfo": info,
                    "instructions": .string(instructions),
                ], caching: nil, info
            )
        case ("ping", .legacy): return ClientRequest.response(to: reading.id, reading.era, [:], caching: nil, info)
        default: return nil
        }
    }

    private func capabilities(in era: ProtocolEra) -> JSONValue {
        [
            "tools": [:], "resources": era.isModern || pushes ? ["subscribe": true] : [:], "prompts": [:],
            "completions": [:],
        ]
    }

    private var info: JSONValue {
        [
            "name": .string(name), "title": .string(title), "version": .string(version),
            "description": .string(description),
        ]
    }
}
