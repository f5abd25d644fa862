public import ErrandCore

/// What a person is asked to fill in (elicitation in form mode): a flat object. Never ask for a secret.
public struct Form: Hashable, Sendable {
    public struct Choice: Hashable, Sendable {
        public let value: String
        /// What people read; nil for the value itself.
        public let title: String?

        public init(_ value: String, title: String? = nil) {
            self.value = value
            self.title = title
        }
    }

    public enum Kind: Hashable, Sendable {
        /// - Parameter format: `email`, `uri`, `date` or `date-time`; nil for any text.
        case text(format: String? = nil)
        case integer
        case number
        case boolean
        case one(of: [Choice])
        case several(of: [Choice])
    }

    public struct Field: Hashable, Sendable {
        public let name: String
        public let kind: Kind
        public let title: String?
        /// What is there before the person types.
        public let standard: JSONValue?
        public let isRequired: Bool

        public init(
            _ name: String, _ kind: Kind, title: String? = nil, standard: JSONValue? = nil, isRequired: Bool = false
        ) {
            self.name = name
            self.kind = kind
            self.title = title
            self.standard = standard
            self.isRequired = isRequired
        }
    }

    public let fields: [Field]

    public init(_ fields: [Field]) {
        self.fields = fields
    }

    /// As clients are told it.
    public var schema: JSONValue {
        var properties = JSONObject()
        for field in fields { properties.append(field.name, .object(field.schema)) }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema.append("required", JSONValue(strings: required)) }
        return .object(schema)
    }

    /// What was filled in, without what was not asked for.
    ///
    /// - Returns: nil where something is missing or of another kind, so that it has to be asked again.
    public func read(_ content: JSONValue) -> JSONObject? {
        guard let object = content.object else { return nil }
        var answers = JSONObject()
        for field in fields {
            guard let value = object[field.name], value != .null else {
                if field.isRequired { return nil }
                continue
            }
            guard field.kind.takes(value) else { return nil }
            answers.append(field.name, value)
        }
        return answers
    }
}

extension Form.Field {
    fileprivate var schema: JSONObject {
        var schema = kind.schema
        if let title { schema.append("title", .string(title)) }
        if let standard { schema.append("default", standard) }
        return schema
    }
}

extension Form.Kind {
    fileprivate var schema: JSONObject {
        switch self {
        case .text(nil): ["type": "string"]
        case .text(let format?): ["type": "string", "format": .string(format)]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .one(let choices): ["type": "string", Form.Kind.list(choices, "oneOf"): Form.Kind.values(choices)]
        case .several(let choices):
            [
                "type": "array",
                "items": Form.Kind.haveTitles(choices)
                    ? ["anyOf": Form.Kind.values(choices)] : ["type": "string", "enum": Form.Kind.values(choices)],
            ]
        }
    }

    private static func haveTitles(_ choices: [Form.Choice]) -> Bool { choices.contains { $0.title != nil } }

    private static func list(_ choices: [Form.Choice], _ titled: String) -> String {
        haveTitles(choices) ? titled : "enum"
    }

    private static func values(_ choices: [Form.Choice]) -> JSONValue {
        guard haveTitles(choices) else { return JSONValue(strings: choices.map(\.value)) }
        return .array(choices.map { ["const": .string($0.value), "title": .string($0.title ?? $0.value)] })
    }

    fileprivate func takes(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.string != nil
        case .integer: value.integer != nil
        case .number: if case .number = value { true } else { value.integer != nil }
        case .boolean: value.bool != nil
        case .one(let choices): value.string.map { text in choices.contains { $0.value == text } } ?? false
        case .several(let choices):
            value.array?.allSatisfy { item in choices.contains { .string($0.value) == item } } ?? false
        }
    }
}

/// A form, and why it has to be filled in.
public struct Question: Hashable, Sendable {
    public let message: String
    public let form: Form

    public init(_ message: String, _ form: Form) {
        self.message = message
        self.form = form
    }

    fileprivate var json: JSONValue {
        [
            "method": "elicitation/create",
            "params": ["mode": "form", "message": .string(message), "requestedSchema": form.schema],
        ]
    }
}

extension ClientRequest {
    /// What a person said to a question.
    public enum Answer: Hashable, Sendable {
        /// Nothing, or nothing that answers it: it has to be asked again.
        case missing
        case declined
        case given(JSONObject)
    }

    /// What was answered to the question that was put under `key`, held against its form. Answers under other keys
    /// are passed over.
    public func answer(to key: String, _ form: Form) -> Answer {
        switch inputResponses[key] {
        case nil: .missing
        case .declined?: .declined
        case .accepted(let content)?: form.read(content).map(Answer.given) ?? .missing
        }
    }

    /// Puts questions to the person before the request is made again (multi round-trip requests).
    ///
    /// Who cannot be asked gets the error that says so, so have another way for those, see ``canAsk``.
    ///
    /// - Parameters:
    ///   - questions: the answers come under their keys, see ``answer(to:_:)``.
    ///   - state: comes back as it is, see ``requestState``. A client can change it, so it has to carry a seal where
    ///     anything depends on it.
    public func ask(_ questions: [(key: String, question: Question)], state: String?) -> JSONValue {
        guard canAsk else { return failure(.missingCapability(["elicitation": [:]])) }
        var requests = JSONObject()
        for (key, question) in questions { requests.append(key, question.json) }
        var result: JSONObject = ["inputRequests": .object(requests)]
        if let state { result.append("requestState", .string(state)) }
        return ClientRequest.response(to: id, era, result, caching: nil, serverInfo, type: "input_required")
    }
}
