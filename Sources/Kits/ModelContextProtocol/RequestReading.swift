import ErrandCore

/// A request whose era is known, about to be understood.
struct RequestReading {
    let id: MessageID
    let era: ProtocolEra
    let method: String
    let params: JSONObject
    let meta: JSONObject
    let serverInfo: JSONValue
    let pushes: Bool

    /// Subscriptions that one request may ask for.
    private static let urisMax = 100

    /// - Throws: `unknownMethod`, among it for what only the other era has; `invalidParams`.
    func request() throws(ProtocolError) -> ClientRequest {
        ClientRequest(
            id: id, era: era, operation: try operation(), meta: meta, canAsk: canAsk,
            inputResponses: try inputResponses(), requestState: try optionalText("requestState"),
            serverInfo: serverInfo
        )
    }

    private func operation() throws(ProtocolError) -> ClientRequest.Operation {
        switch method {
        case "tools/list": .listTools(cursor: try optionalText("cursor"))
        case "tools/call": .callTool(name: try text("name"), arguments: try arguments())
        case "resources/list": .listResources(cursor: try optionalText("cursor"))
        case "resources/templates/list": .listTemplates(cursor: try optionalText("cursor"))
        case "resources/read": .readResource(uri: try text("uri"))
        case "prompts/list": .listPrompts(cursor: try optionalText("cursor"))
        case "prompts/get": .getPrompt(name: try text("name"), arguments: try promptArguments())
        case "completion/complete": .complete(try completion())
        case "resources/subscribe" where !era.isModern && pushes: .subscribe(uri: try text("uri"))
        case "resources/unsubscribe" where !era.isModern && pushes: .unsubscribe(uri: try text("uri"))
        case "subscriptions/listen" where era.isModern: .listen(uris: try listened())
        default: throw .unknownMethod(method)
        }
    }

    /// An empty capability means forms only.
    private var canAsk: Bool {
        guard era.isModern, let capability = meta[MetaKey.capabilities]?["elicitation"]?.object else { return false }
        return capability.isEmpty || capability["form"] != nil
    }

    private func inputResponses() throws(ProtocolError) -> [String: ClientRequest.InputResponse] {
        guard era.isModern, let value = params["inputResponses"] else { return [:] }
        guard let object = value.object else { throw .invalidParams("inputResponses must be an object.") }
        var responses: [String: ClientRequest.InputResponse] = [:]
        for member in object.members {
            // What answers nothing that is ever asked here (models, folders) says no action, and is passed over.
            if member.value.object != nil, member.value["action"] == nil { continue }
            switch member.value["action"]?.string {
            case "accept": responses[member.name] = .accepted(member.value["content"] ?? .null)
            case "decline", "cancel": responses[member.name] = .declined
            default: throw .invalidParams("An input response must be accepted, declined or cancelled.")
            }
        }
        return responses
    }

    private func text(_ name: String) throws(ProtocolError) -> String {
        guard let text = params[name]?.string else { throw .invalidParams("\(name) must be a string.") }
        return text
    }

    private func optionalText(_ name: String) throws(ProtocolError) -> String? {
        switch params[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw .invalidParams("\(name) must be a string.")
        }
    }

    private func arguments() throws(ProtocolError) -> JSONValue {
        switch params["arguments"] {
        case nil, .null?: return .null
        case .object(let object)?: return .object(object)
        default: throw .invalidParams("arguments must be an object.")
        }
    }

    private func promptArguments() throws(ProtocolError) -> [String: String] {
        var arguments: [String: String] = [:]
        for member in try self.arguments().object?.members ?? [] {
            guard let text = member.value.string else { throw .invalidParams("arguments must be strings.") }
            arguments[member.name] = text
        }
        return arguments
    }

    private func completion() throws(ProtocolError) -> CompletionRequest {
        guard let argument = params["argument"], let name = argument["name"]?.string,
            let value = argument["value"]?.string
        else { throw .invalidParams("argument must have a name and a value.") }
        let reference: CompletionRequest.Reference
        switch (params["ref"]?["type"]?.string, params["ref"]?["name"]?.string, params["ref"]?["uri"]?.string) {
        case ("ref/prompt"?, let prompt?, _): reference = .prompt(prompt)
        case ("ref/resource"?, _, let uri?): reference = .resource(uri: uri)
        default: throw .invalidParams("ref must name a prompt or a resource template.")
        }
        return CompletionRequest(reference: reference, argument: name, value: value)
    }

    private func listened() throws(ProtocolError) -> [String] {
        guard let filter = params["notifications"]?.object else {
            throw .invalidParams("notifications must be an object.")
        }
        guard let value = filter["resourceSubscriptions"] else { return [] }
        guard let items = value.array, items.count <= RequestReading.urisMax else {
            throw .invalidParams("resourceSubscriptions must be a list of at most \(RequestReading.urisMax) URIs.")
        }
        var uris: [String] = []
        for item in items {
            guard let uri = item.string else { throw .invalidParams("resourceSubscriptions must be a list of URIs.") }
            if !uris.contains(uri) { uris.append(uri) }
        }
        return uris
    }
}
