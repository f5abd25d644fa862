public import ErrandCore

/// How a server of models is asked. Only what is set here is sent; servers refuse what they do not know.
public struct ModelServerOptions: Sendable {
    /// Which of the two forms of question and answer is spoken.
    public enum Dialect: String, CaseIterable, Sendable {
        /// ``responses`` for OpenAI itself, else ``chat``, until the server says that it wants the other.
        case auto
        /// Chat Completions, which every server has.
        case chat
        /// OpenAI's Responses: its newer models call tools in no other.
        case responses
    }

    /// What follows the base URL.
    public enum PathStyle: Hashable, Sendable {
        /// `/chat/completions` or `/responses`.
        case v1
        /// Azure's older one, `/openai/deployments/<model>/chat/completions?api-version=…`: without
        /// ``Dialect/responses``.
        case azureDated(apiVersion: String)
    }

    /// What the limit of an answer's length is called.
    public enum TokenField: String, CaseIterable, Sendable {
        /// ``maxCompletionTokens`` for OpenAI and Azure, else ``maxTokens``, until the server refuses it.
        case auto
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
    }

    /// Whether streams are to end with how many tokens were used.
    public enum UsageWish: String, CaseIterable, Sendable {
        /// Asked for until the server refuses.
        case auto
        case on
        case off
    }

    /// What stands for the text of an answer that is nothing but calls of tools.
    public enum EmptyContent: String, CaseIterable, Sendable {
        /// `""`. Some servers cannot read `null`.
        case text
        case null
    }

    /// `http` or `https`, without a query, without a slash at its end.
    public var baseURL: String
    /// As the server calls it; on Azure the name of the deployment.
    public var model: String
    /// Nil for servers that want none.
    public var key: String?
    /// `Authorization` gets `Bearer` and the key, any other field the key alone.
    public var authHeader = "Authorization"
    /// Fields that are sent beside ours. May be secret.
    public var extraHeaders: [(name: String, value: String)] = []
    /// Members of the body that are sent beside ours, or instead: `temperature` say. None of ``reservedMembers``.
    public var extraBody = JSONObject()
    public var pathStyle = PathStyle.v1
    public var dialect = Dialect.auto
    /// Whether answers are streamed where there are tools. Some servers lose calls of tools in streams.
    public var streamsWithTools = true
    public var tokenField = TokenField.auto
    /// Tokens of one answer, 1 or more. Nil, the default, for as many as the server allows.
    public var tokensMax: Int?
    public var usage = UsageWish.auto
    public var emptyContent = EmptyContent.text
    /// Whether the model hears again what it said beside calls of tools. Some templates cannot write both.
    public var keepsTextBesideCalls = true
    /// For a new connection.
    public var connectTime = Duration.seconds(5)
    /// For a step with all its attempts.
    public var wholeTime = Duration.seconds(60)
    /// How long a stream may say nothing.
    public var silenceMax = Duration.seconds(30)

    /// OpenAI's own address.
    public static let openAI = "https://api.openai.com/v1"
    /// What ``extraBody`` may not hold: it is made of the prompt.
    public static let reservedMembers: Set<String> = ["messages", "input", "instructions", "tools", "stream", "model"]

    public init(baseURL: String = ModelServerOptions.openAI, model: String, key: String? = nil) {
        self.baseURL = baseURL
        self.model = model
        self.key = key
    }
}

extension ModelServerOptions {
    /// In small letters, without its port.
    var host: String {
        let rest = baseURL.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
        return rest.prefix { $0 != "/" && $0 != ":" }.lowercased()
    }

    var isOpenAI: Bool { host == "api.openai.com" }
    var isAzure: Bool { host.hasSuffix(".azure.com") || pathStyle != .v1 }
}

/// Without the key and whatever else is secret, wherever they may get.
extension ModelServerOptions: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "\(model) at \(host)" }
    public var debugDescription: String { description }
}
