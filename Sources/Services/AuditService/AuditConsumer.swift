import Crypto
public import ErrandCore
public import EventDelivery

/// Every event becomes a line of its user's audit log.
public struct AuditConsumer: EventConsumer {
    public let role = ProcessRole.auditService
    /// All: what the log does not know it must not pass by.
    public let types: Set<EventType>? = nil
    private let chain = AuditChain.sha256

    public init() {}

    public func prepare(for events: [Event], in transaction: any StoreTransaction) throws(ErrandError) {
        let spaces = events.map(\.space)
        try transaction.erasure.lookUp(spaces)
        try transaction.audit.lookUpHeads(in: spaces)
    }

    public func effect(of event: Event) throws(ErrandError) -> EventEffect {
        let body = try event.body()
        let (before, after) = try AuditConsumer.change(EventTypes.knownRow(of: event.type).audit, body.payload)
        let draft = AuditDraft(
            at: event.occurredAt, actor: body.actor ?? ["kind": "unknown"], action: event.type.name,
            subject: event.subject, eventID: event.id, before: before, after: after
        )
        let (chain, space) = (chain, event.space)
        return { (context) throws(ErrandError) in
            // Events that were on their way when the account was deleted: its log has ended.
            if try context.transaction.erasure.isClosed(space) { return }
            let head = try context.transaction.audit.head(in: space)
            try context.transaction.audit.append(chain.seal(draft, after: head), in: space)
        }
    }

    /// What was before, and what is after.
    private static func change(
        _ shape: EventTypes.AuditShape, _ payload: JSONObject
    ) throws(ErrandError) -> (before: JSONValue, after: JSONValue) {
        switch shape {
        case .created(let name): return (.null, try object(name, of: payload))
        case .removed(let name): return (try object(name, of: payload), .null)
        case .changes: return try changes(payload)
        case .payload:
            var rest = payload
            for name in ["task_id", "subject"] { rest[name] = nil }
            return (.null, .object(rest))
        }
    }

    private static func object(_ name: String, of payload: JSONObject) throws(ErrandError) -> JSONValue {
        guard let value = payload[name], value.object != nil else {
            throw .malformedEvent("payload.\(name) is missing.")
        }
        return value
    }

    private static func changes(
        _ payload: JSONObject
    ) throws(ErrandError) -> (before: JSONValue, after: JSONValue) {
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
