/// A row of the catalogue whose types are forgotten: what a tool, or a command of a batch, is made of.
public struct AnyCatalogueEntry: Sendable {
    public let name: String
    public let summary: String
    public let scope: Scope
    public let subject: OperationSubject
    public let fields: OperationFields
    private let reading: @Sendable (OperationInput) throws(ErrandError) -> AnyPreparedOperation

    public init<Outcome>(_ entry: CatalogueEntry<Outcome>) {
        name = entry.name
        summary = entry.summary
        scope = entry.scope
        subject = entry.subject
        fields = entry.fields
        reading = { (input) throws(ErrandError) in AnyPreparedOperation(try entry.read(input), of: entry) }
    }

    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field; ``ErrandError/notFound(_:)`` for what can
    ///   name nothing.
    public func read(_ input: OperationInput) throws(ErrandError) -> AnyPreparedOperation { try reading(input) }

    /// Reads everything from one object: what the operation is about (``OperationSubject/argument``), for a change of
    /// a task `if_version`, and the fields beside them.
    ///
    /// - Parameters:
    ///   - pointer: where the object lies in what was sent (RFC 6901).
    ///   - member: the argument that what is written lies in; nil where it lies beside the others.
    /// - Throws: as ``read(_:)``.
    public func read(
        arguments: JSONValue, at pointer: String = "", bodyIn member: String? = nil
    ) throws(ErrandError) -> AnyPreparedOperation {
        var reader = FieldReader(arguments, at: pointer)
        let (name, versions) = reader.subject(subject)
        let (parameters, body) = reader.fields(fields, bodyIn: member, at: pointer)
        var prepared: AnyPreparedOperation?
        if let body {
            do {
                prepared = try read(
                    OperationInput(
                        subject: name, versions: versions, parameters: parameters, body: body,
                        at: member.map { reader.path($0) } ?? pointer
                    )
                )
            } catch .invalid(let problems) {
                reader.report(contentsOf: problems)
            } catch {
                // A subject that could not be read has been reported as what it is.
                if reader.problems.isEmpty { throw error }
            }
        }
        try reader.finish()
        guard let prepared else { throw .invalid([]) }
        return prepared
    }
}

/// An operation whose input has been read, its types forgotten.
public struct AnyPreparedOperation: Sendable {
    /// The right it takes.
    public let requiredScope: Scope
    private let performing: @Sendable (Operations, Principal, Correlation) async throws(ErrandError) -> OperationAnswer
    private let executing: @Sendable (CommandContext) throws(ErrandError) -> OperationAnswer

    init<Outcome>(_ operation: PreparedOperation<Outcome>, of entry: CatalogueEntry<Outcome>) {
        requiredScope = operation.requiredScope
        performing = { (operations, principal, correlation) async throws(ErrandError) in
            let receipt = try await operations.perform(operation, as: principal, for: correlation)
            return entry.answer(receipt.outcome, undoToken: receipt.undoToken)
        }
        executing = { (context) throws(ErrandError) in
            guard case .command(let command) = operation else {
                preconditionFailure("\(entry.name) is no step of a batch: it changes nothing in a transaction.")
            }
            return entry.answer(try command.execute(in: context))
        }
    }

    /// Does it.
    ///
    /// - Parameter correlation: the request that asks for it.
    public func perform(
        by operations: Operations, as principal: Principal, for correlation: Correlation = .none
    ) async throws(ErrandError) -> OperationAnswer {
        try await performing(operations, principal, correlation)
    }

    /// Does it as a step of a larger command, in that one's transaction and with its undo. Only for commands.
    func execute(in context: CommandContext) throws(ErrandError) -> OperationAnswer { try executing(context) }
}

extension FieldReader {
    /// What an operation is about and the version that was seen, as arguments give them.
    fileprivate mutating func subject(_ subject: OperationSubject) -> (name: String, versions: [Int64]?) {
        guard let argument = subject.argument else { return ("", nil) }
        let version = if case .taskAtVersion = subject { integer("if_version") } else { Int64?.none }
        var name: String?
        switch (value(argument), subject) {
        case (.integer(let number)?, .task), (.integer(let number)?, .taskAtVersion):
            if number > 0 { name = String(number) }
        case (.string(let text)?, .task), (.string(let text)?, .taskAtVersion):
            name = TaskID(text)?.description
        case (.string(let text)?, _): name = text
        default: break
        }
        if contains(argument), name == nil {
            let expected =
                switch subject {
                case .task, .taskAtVersion: "the id or number of a task"
                default: "a string"
                }
            report(argument, .invalidValue, "Must be \(expected).")
        }
        require(argument)
        return (name ?? "", version.map { [$0] })
    }

    /// The parameters and the body among arguments; no body when it is required and not there.
    fileprivate mutating func fields(
        _ fields: OperationFields, bodyIn member: String?, at pointer: String
    ) -> (parameters: FieldSource, body: JSONValue?) {
        if let member {
            require(member)
            return (.nothing, value(member))
        }
        switch fields {
        case .none: return (.nothing, .null)
        case .parameters: return (.json(.object(rest()), at: pointer), .null)
        case .body: return (.nothing, .object(rest()))
        case .bodyAnd(let names):
            let parameters = rest(only: names)
            return (.json(.object(parameters), at: pointer), .object(rest()))
        }
    }
}
