/// One row of the catalogue: something a user can do, with all that a door needs for it.
public struct CatalogueEntry<Outcome: Sendable>: Sendable {
    /// Stable, for programs: what it is about, a dot, what is done; `undo` alone stands for itself.
    public let name: String
    /// What it does, in a sentence.
    public let summary: String
    /// The right it takes. Where less will do for some inputs, the operation that was read says so.
    public let scope: Scope
    public let subject: OperationSubject
    public let fields: OperationFields
    private let reading: @Sendable (OperationInput) throws(ErrandError) -> PreparedOperation<Outcome>
    private let describing: @Sendable (Outcome) -> JSONValue?
    private let telling: @Sendable (Outcome) -> String
    private let creates: @Sendable (Outcome) -> Bool

    /// - Parameters:
    ///   - read: reads the input; every broken field is named. What is written is read before what it is about.
    ///   - json: the outcome; nil where there is nothing to show.
    ///   - sentence: the outcome for a person.
    ///   - isNew: whether the outcome is something that was not there before.
    init(
        _ name: String, _ summary: String, scope: Scope, about subject: OperationSubject = .nothing,
        reads fields: OperationFields = .none,
        read: @escaping @Sendable (OperationInput) throws(ErrandError) -> PreparedOperation<Outcome>,
        json: @escaping @Sendable (Outcome) -> JSONValue?, sentence: @escaping @Sendable (Outcome) -> String,
        isNew: @escaping @Sendable (Outcome) -> Bool = { _ in false }
    ) {
        self.name = name
        self.summary = summary
        self.scope = scope
        self.subject = subject
        self.fields = fields
        reading = read
        describing = json
        telling = sentence
        creates = isNew
    }

    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field; ``ErrandError/notFound(_:)`` for what can
    ///   name nothing.
    public func read(_ input: OperationInput) throws(ErrandError) -> PreparedOperation<Outcome> { try reading(input) }

    /// The outcome as programs get it; nil where there is nothing to show.
    public func json(_ outcome: Outcome) -> JSONValue? { describing(outcome) }

    /// The outcome in a sentence for a person.
    public func sentence(_ outcome: Outcome) -> String { telling(outcome) }

    /// Whether the outcome is something that was not there before.
    public func isNew(_ outcome: Outcome) -> Bool { creates(outcome) }

    func answer(_ outcome: Outcome, undoToken: String? = nil) -> OperationAnswer {
        OperationAnswer(
            json: json(outcome), sentence: sentence(outcome), isNew: isNew(outcome), undoToken: undoToken
        )
    }
}

/// What an operation gave back, for any door.
public struct OperationAnswer: Hashable, Sendable {
    /// Nil where there is nothing to show.
    public let json: JSONValue?
    /// For a person.
    public let sentence: String
    /// Whether something is there now that was not there before.
    public let isNew: Bool
    /// Takes the change back within ``Limits/undoLifetime``; nil when no task was changed.
    public let undoToken: String?
}
