import Crypto
public import ErrandCore
public import EventDelivery

/// Every event becomes a line of its user's audit log.
public struct AuditConsumer: EventConsumer {
    public let role = ProcessRole.auditService
    /// All: what the log does not know it must not pass by.
    public let kinds: Set<String>? = nil
    private let chain = AuditChain.sha256

    public init() {}

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        let body = try event.body()
        let (before, after) = try AuditConsumer.change(event.kind, body.payload)
        let draft = AuditDraft(
            at: event.occurredAt, actor: body.actor ?? ["kind": "unknown"], action: event.kind,
            taskID: event.taskID, eventID: event.id, before: before, after: after
        )
        let (chain, space) = (chain, event.userID.personalSpace)
        return { (context) throws(ErrandError) in
            let head = try context.transaction.audit.head(in: space)
            try context.transaction.audit.append(chain.seal(draft, after: head), in: space)
        }
    }

    /// What was before, and what is after.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)`` for types that this version does not know.
    private static func change(
        _ kind: String, _ payload: JSONObject
    ) throws(ErrandError) -> (before: JSONValue, after: JSONValue) {
        if kind == ReminderEvent.kind {
            var reminder = payload
            reminder["task_id"] = nil
            return (.null, .object(reminder))
        }
        guard let kind = TaskEvent.Kind(rawValue: kind) else { throw .malformedEvent("The type is not known.") }
        if kind == .created {
            guard let task = payload["task_data"], task.object != nil else {
                throw .malformedEvent("payload.task_data is missing.")
            }
            return (.null, task)
        }
        guard let changes = payload["changes"]?.object else { throw .malformedEvent("payload.changes is missing.") }
        var (before, after) = (JSONObject(), JSONObject())
        for field in changes.members {
            guard let from = field.value["from"], let to = field.value["to"] else {
                throw .malformedEvent("payload.changes.\(field.name) lacks from or to.")
            }
            before.append(field.name, from)
            after.append(field.name, to)
        }
        return (.object(before), .object(after))
    }
}

extension AuditChain {
    static let sha256 = AuditChain { bytes in Array(SHA256.hash(data: bytes)) }
}
