import Synchronization

/// What a call of a tool does, its arguments read.
enum ToolWork: Sendable {
    case look(@Sendable (QueryContext) throws(ErrandError) -> ToolResult)
    case change(@Sendable (CommandContext, ToolPlace) throws(ErrandError) -> ToolResult)
}

/// What a call of a tool gave.
struct ToolResult: Hashable, Sendable {
    var json: JSONObject
    let sentence: String
    /// Asked instead of doing it.
    var question: String?
}

/// Which argument a call is at, so that an error which names none can be told where it happened.
final class ToolPlace: Sendable {
    private let pointer = Mutex<String?>(nil)

    var current: String? {
        get { pointer.withLock { $0 } }
        set { pointer.withLock { $0 = newValue } }
    }
}

private struct ToolQuery: Query {
    let work: @Sendable (QueryContext) throws(ErrandError) -> ToolResult
    let requiredScope = Scope.readTasks

    func answer(in context: QueryContext) throws(ErrandError) -> ToolResult { try work(context) }
}

private struct ToolCommand: Command {
    let work: @Sendable (CommandContext, ToolPlace) throws(ErrandError) -> ToolResult
    let place: ToolPlace
    let requiredScope = Scope.writeTasks

    func execute(in context: CommandContext) throws(ErrandError) -> ToolResult {
        place.current = nil
        let result = try work(context, place)
        place.current = nil
        return result
    }
}

extension Tool {
    /// Arguments of every tool that are no part of what it does.
    private static let keyName = "idempotency_key"
    private static let userName = "user_id"

    /// Does what it is called for. Whatever goes wrong is an outcome too, so that a model can mend its call.
    ///
    /// - Parameters:
    ///   - arguments: an object, or `null` for none.
    ///   - door: which way the call came, as events and the audit log say it.
    public func call(_ arguments: JSONValue, via door: Door, in context: ToolContext) async -> ToolOutcome {
        let place = ToolPlace()
        do throws(ErrandError) {
            let arguments = renamed(arguments == .null ? [:] : arguments)
            var reader = FieldReader(arguments)
            let key = reader.key(Tool.keyName) ?? context.onceKey
            if let user = reader.value(Tool.userName), user.string != context.principal.userID.description {
                reader.report(Tool.userName, .invalidValue, "Is not who is signed in; leave it out.")
            }
            let work = try read(&reader)
            try reader.finish()
            guard context.principal.scopes.contains(scope) else { throw .insufficientScope(scope) }
            let once = key.map { context.onceKey(of: self, arguments, $0) }
            return try await perform(work, at: place, via: door, once: once, in: context)
        } catch {
            return ToolOutcome(error, at: place.current)
        }
    }

    private func perform(
        _ work: ToolWork, at place: ToolPlace, via door: Door, once: OnceKey?, in context: ToolContext
    ) async throws(ErrandError) -> ToolOutcome {
        let (operations, principal) = (context.operations, context.principal.coming(through: door))
        switch work {
        case .look(let work):
            return ToolOutcome(try await operations.ask(ToolQuery(work: work), as: principal), undoToken: nil)
        case .change(let work):
            let command = ToolCommand(work: work, place: place)
            guard let once else {
                let receipt = try await operations.perform(command, as: principal, for: context.correlation)
                return ToolOutcome(receipt.outcome, undoToken: receipt.undoToken)
            }
            let performed = try await operations.perform(
                command, as: principal, for: context.correlation, once: once
            ) { receipt in
                ToolOutcome(receipt.outcome, undoToken: receipt.undoToken).stored(for: once)
            }
            switch performed {
            case .first(let reply), .replayed(let reply): return try ToolOutcome(reply)
            }
        }
    }

    /// The arguments under the names that the schema has for them, in each of several tasks too.
    private func renamed(_ arguments: JSONValue) -> JSONValue {
        guard let object = arguments.object else { return arguments }
        var result = JSONObject()
        for member in object.members {
            let name = renames[member.name] ?? member.name
            let isFree = name == member.name || object[name] == nil && result[name] == nil
            let value: JSONValue =
                if name == "tasks", let items = member.value.array { .array(items.map(renamed)) } else { member.value }
            result.append(isFree ? name : member.name, value)
        }
        return .object(result)
    }
}

extension ToolContext {
    fileprivate func onceKey(of tool: Tool, _ arguments: JSONValue, _ key: String) -> OnceKey {
        var content = arguments.object ?? JSONObject()
        content["idempotency_key"] = nil
        return OnceKey(
            userID: principal.userID, target: "tool \(tool.name)", key: key,
            fingerprint: ToolContext.fingerprint(of: JSONValue.object(content).canonicalText)
        )
    }

    /// Two hashes (FNV-1a) side by side: tells the calls of one user apart, protects nothing.
    private static func fingerprint(of text: String) -> [UInt8] {
        var hashes: (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x84222325_CBF29CE4)
        for byte in text.utf8 {
            hashes.0 = (hashes.0 ^ UInt64(byte)) &* 0x100_0000_01B3
            hashes.1 = (hashes.1 &+ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 ^ hashes.1 >> 29
        }
        return [hashes.0, hashes.1].flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) } }
    }
}

extension FieldReader {
    /// A key under which a call is made once.
    fileprivate mutating func key(_ name: String) -> String? {
        let expected = "1 to \(Limits.idempotencyKeyLengthMax) printable ASCII characters"
        return parsed(name, expected: expected) { text in
            let isGood =
                (1...Limits.idempotencyKeyLengthMax).contains(text.utf8.count)
                && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            return isGood ? text : nil
        }
    }
}
