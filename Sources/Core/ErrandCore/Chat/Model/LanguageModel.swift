/// A model that people's sentences may be given to: says something, or asks for calls of tools.
///
/// What a server that runs models speaks, and how it is tried again, is the business of whoever conforms.
public protocol LanguageModel: Sendable {
    /// What the operator calls the model; kept with answers that it made.
    var name: String { get }

    /// One step: everything said so far goes in, the next thing that is said comes out.
    ///
    /// Cancelling the task ends the step on the server too.
    ///
    /// - Parameter tell: is given the text as it comes, in pieces that join to ``ModelStep/text``; no piece was given
    ///   when the step is tried again.
    func step(
        _ prompt: ModelPrompt, tell: @Sendable (_ text: String) async throws(CancellationError) -> Void
    ) async throws(ModelFailure) -> ModelStep
}

/// What a model is given.
public struct ModelPrompt: Hashable, Sendable {
    /// Who the model is and what it must know; told before everything else.
    public var instructions: String
    /// The oldest first. A ``ModelMessage/calls(_:)`` is followed by exactly one ``ModelMessage/result(_:)`` per call,
    /// in the same order.
    public var messages: [ModelMessage]
    /// What may be called.
    public var tools: [ModelTool]

    public init(instructions: String, messages: [ModelMessage], tools: [ModelTool]) {
        self.instructions = instructions
        self.messages = messages
        self.tools = tools
    }
}

/// A tool as a model is told of it.
public struct ModelTool: Hashable, Sendable {
    /// `[A-Za-z0-9_-]{1,64}`.
    public let name: String
    public let description: String
    /// A JSON Schema: a flat object, without `$ref`, `oneOf`, `anyOf`, `allOf`.
    public let parameters: JSONValue

    public init(name: String, description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

public enum ModelMessage: Hashable, Sendable {
    /// A person said it.
    case user(String)
    /// The model said it.
    case assistant(String)
    /// The model asked for calls of tools, perhaps beside saying something.
    case calls(ModelStep)
    case result(ModelResult)
}

/// What a call of a tool gave, told to the model.
public struct ModelResult: Hashable, Sendable {
    /// ``ModelCall/id``.
    public let callID: String
    /// The tool.
    public let name: String
    /// JSON text.
    public let text: String

    public init(callID: String, name: String, text: String) {
        self.callID = callID
        self.name = name
        self.text = text
    }
}

/// What a model said in one step.
public struct ModelStep: Hashable, Sendable {
    /// May be empty.
    public let text: String
    /// Decide on these, never on how the server says that it ended.
    public let calls: [ModelCall]
    public let ending: Ending
    public let usage: ModelUsage
    /// What the server wants to hear again word for word, with the messages of this step; opaque. Null for nothing.
    public let echo: JSONValue

    public enum Ending: Hashable, Sendable {
        case complete
        /// The answer was cut at the longest that the server allows. Calls, if any, are not to be made.
        case tooLong
        /// The server held the answer back for what it says. Calls, if any, are not to be made.
        case filtered
    }

    public init(
        text: String, calls: [ModelCall] = [], ending: Ending = .complete, usage: ModelUsage = ModelUsage(),
        echo: JSONValue = .null
    ) {
        self.text = text
        self.calls = calls
        self.ending = ending
        self.usage = usage
        self.echo = echo
    }
}

/// A call of a tool that a model asks for.
public struct ModelCall: Hashable, Sendable {
    /// Never empty; unique in its step.
    public let id: String
    public let name: String
    /// JSON text as the model wrote it, `{}` where it wrote nothing; may be no JSON at all.
    public let arguments: String
    /// Members of the call that the server wants to hear again word for word. Null for none.
    public let echo: JSONValue

    public init(id: String, name: String, arguments: String, echo: JSONValue = .null) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.echo = echo
    }
}

/// Tokens as the server counts them; 0 where it does not say.
public struct ModelUsage: Hashable, Sendable {
    public var input = 0
    public var output = 0

    public init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }
}

/// Why a model has not answered, after whatever was tried again.
public enum ModelFailure: Error, Hashable, Sendable {
    /// The key is missing, wrong or not allowed this.
    case notAllowed
    /// There is no such model, or nothing at the address.
    case notFound
    /// The account is used up, or too many have asked.
    case overused
    /// The prompt is longer than the model can read; the oldest messages may be left out.
    case promptTooLong
    /// The server refused for what is said.
    case filtered
    /// Nothing answers, or not in time, or the answer broke off.
    case unavailable
    /// What came is no answer of such a server, or it refuses how it is asked.
    case notUnderstood
    /// The task was cancelled.
    case cancelled
}
