/// Something that a model can do for a person: a row or two of the catalogue, told so that a model calls it rightly.
///
/// A tool has no rule of its own. Its call is one transaction and does everything or nothing, so a call that failed may
/// be repeated as it is.
public struct Tool: Sendable {
    /// Stable, for programs: letters and underscores, at most 64.
    public let name: String
    /// For people.
    public let title: String
    /// What a model has to know to choose it and to call it.
    public let description: String
    /// Of the arguments: a JSON Schema (2020-12) whose root is an object, without `$ref`, `oneOf`, `anyOf`, `allOf`.
    public let input: JSONValue
    /// Of ``ToolOutcome/structured`` when the call went well.
    public let output: JSONValue
    public let effect: Effect
    /// Other names for arguments, by which models call them too; no schema lists them.
    let renames: [String: String]
    private let reading: @Sendable (inout FieldReader) throws(ErrandError) -> ToolWork

    /// What a call does to the user's tasks.
    public enum Effect: Sendable {
        case reads
        /// Makes something new each time.
        case adds
        /// Done again it changes nothing more.
        case sets
        /// Done again it changes more.
        case advances
        /// Overwrites or takes away what was there.
        case overwrites
    }

    init(
        _ name: String, _ title: String, _ description: String, _ effect: Effect, input: JSONValue, output: JSONValue,
        renames: [String: String] = [:],
        read: @escaping @Sendable (inout FieldReader) throws(ErrandError) -> ToolWork
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.effect = effect
        self.input = input
        self.output = output
        self.renames = renames
        reading = read
    }

    /// The right that a call takes.
    public var scope: Scope { effect == .reads ? .readTasks : .writeTasks }

    /// Reads what it is called with, and reports every broken argument to the reader.
    func read(_ reader: inout FieldReader) throws(ErrandError) -> ToolWork { try reading(&reader) }
}

extension Tool.Effect {
    /// Hints for programs that ask people before some calls (MCP `ToolAnnotations`).
    public var hints: (readOnly: Bool, destructive: Bool, idempotent: Bool) {
        switch self {
        case .reads: (true, false, true)
        case .adds, .advances: (false, false, false)
        case .sets: (false, false, true)
        case .overwrites: (false, true, true)
        }
    }
}

/// For whom and with what a tool is called.
public struct ToolContext: Sendable {
    public let operations: Operations
    public let principal: Principal
    /// The request that asks for it.
    public let correlation: Correlation
    /// The same key again is the same call; an argument `idempotency_key` comes before it.
    public let onceKey: String?

    public init(
        operations: Operations, principal: Principal, correlation: Correlation = .none, onceKey: String? = nil
    ) {
        self.operations = operations
        self.principal = principal
        self.correlation = correlation
        self.onceKey = onceKey
    }
}

/// What a tool answered.
public struct ToolOutcome: Hashable, Sendable {
    /// An object: what was done or found, with `undo` where it can be taken back; or `{code, title, detail, fields?}`.
    public let structured: JSONValue
    /// For a person: what was done, with numbers, titles and absolute dates; or what is wrong, by argument.
    public let sentence: String
    public let isError: Bool
    /// What to ask the person before the call is made again with `confirm: true`; nothing was done.
    public let question: String?
    /// Takes the change back within ``Limits/undoLifetime``.
    public var undoToken: String? { structured["undo"]?.string }

    /// The person was asked (``question``), and said no.
    public static let declined = ToolOutcome(
        structured: ["status": "declined", "tasks": []], sentence: "Nothing was done: the user said no."
    )

    init(structured: JSONValue, sentence: String, isError: Bool = false, question: String? = nil) {
        self.structured = structured
        self.sentence = sentence
        self.isError = isError
        self.question = question
    }
}
