import CivilTime
import ErrandCore

struct SQLDestinationTable: DestinationTable {
    let runner: SQLRunner

    /// What ``decode(_:_:)`` reads.
    static let columns = """
        d.id, d.kind, d.name, d.configuration, d.identity, d.status, d.failures, d.last_at, d.last_succeeded,
        d.last_reason, d.created_at
        """

    func insert(_ destination: ChannelDestination) throws(ErrandError) -> Bool {
        let row = try runner.requiredOwnerForChange(destination.ownerID)
        for kind in [destination.kind, nil] { runner.unreachable[kind]?.remove(row) }
        return try runner.execute(
            """
            INSERT INTO destinations (
                name, configuration, status, failures, last_at, last_succeeded, last_reason, owner, id, kind, identity,
                created_at
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (owner, kind, identity) DO NOTHING
            """,
            destination.changeableColumns + [
                .integer(row), .id(destination.id), .text(destination.kind.rawValue), .text(destination.identity),
                .instant(destination.createdAt),
            ]
        ) == 1
    }

    func find(_ id: DestinationID, of owner: UserID) throws(ErrandError) -> ChannelDestination? {
        try first("d.id = $2", [.id(id)], of: owner)
    }

    func find(
        _ kind: ChannelKind, identity: String, of owner: UserID
    ) throws(ErrandError) -> ChannelDestination? {
        try first("d.kind = $2 AND d.identity = $3", [.text(kind.rawValue), .text(identity)], of: owner)
    }

    private func first(
        _ condition: String, _ arguments: [SQLValue], of owner: UserID
    ) throws(ErrandError) -> ChannelDestination? {
        guard let row = try runner.owner(owner) else { return nil }
        let sql = "SELECT \(Self.columns) FROM destinations d WHERE d.owner = $1 AND \(condition)" + runner.lock("d")
        return try runner.first(sql, [.integer(row)] + arguments) { row throws(SQLError) in try Self.decode(&row, owner)
        }
    }

    func all(of owner: UserID, kind: ChannelKind?) throws(ErrandError) -> [ChannelDestination] {
        guard let row = try runner.owner(owner) else { return [] }
        for known in [kind, nil] where runner.unreachable[known]?.contains(row) == true { return [] }
        var sql = "SELECT \(Self.columns) FROM destinations d WHERE d.owner = $1"
        var arguments: [SQLValue] = [.integer(row)]
        if let kind {
            sql += " AND d.kind = $2"
            arguments.append(.text(kind.rawValue))
        }
        return try runner.all(sql + " ORDER BY d.row_id", arguments) { row throws(SQLError) in
            try Self.decode(&row, owner)
        }
    }

    func lookUp(_ kind: ChannelKind?, of owners: [UserID]) throws(ErrandError) -> Set<UserID> {
        // Of a known list of kinds, never of a person.
        let condition = kind.map { " AND d.kind = '\($0.rawValue)'" } ?? ""
        let number = "(SELECT COUNT(*) FROM destinations d WHERE d.owner = s.row_id\(condition))"
        let found = try runner.lookUp(owners.map(\.personalSpace), number)
        runner.unreachable[kind, default: []].formUnion(found.filter { $0.number == 0 }.map(\.row))
        return Set(found.filter { $0.number > 0 }.map { UserID($0.space.value) })
    }

    func update(_ destination: ChannelDestination) throws(ErrandError) {
        guard let row = try runner.owner(destination.ownerID) else { return }
        try runner.execute(
            """
            UPDATE destinations SET
                name = $1, configuration = $2, status = $3, failures = $4, last_at = $5, last_succeeded = $6,
                last_reason = $7
            WHERE owner = $8 AND id = $9
            """,
            destination.changeableColumns + [.integer(row), .id(destination.id)]
        )
    }

    func delete(_ id: DestinationID, of owner: UserID) throws(ErrandError) -> Bool {
        guard let row = try runner.ownerForChange(owner) else { return false }
        return try runner.execute(
            "DELETE FROM destinations WHERE owner = $1 AND id = $2", [.integer(row), .id(id)]
        ) == 1
    }

    func releaseFromOthers(_ kind: ChannelKind, identity: String, but owner: UserID) throws(ErrandError) {
        try runner.execute(
            "DELETE FROM destinations WHERE kind = $1 AND identity = $2 AND owner <> $3",
            [.text(kind.rawValue), .text(identity), .integer(try runner.requiredOwner(owner))]
        )
    }

    static func decode(_ row: inout SQLRow, _ owner: UserID) throws(SQLError) -> ChannelDestination {
        let (id, kind): (DestinationID, ChannelKind) = (try row.id(), try row.parsed { ChannelKind(rawValue: $0) })
        let (name, configuration, identity) = (try row.text(), try row.json(), try row.text())
        let status: ChannelDestination.Status = try row.parsed { ChannelDestination.Status(rawValue: $0) }
        let failures = try row.count()
        let (at, succeeded) = (try row.optionalInstant(), try row.optionalInteger())
        let reason = try row.optionalText()
        return ChannelDestination(
            id: id, ownerID: owner, kind: kind, name: name, configuration: configuration.object ?? [:],
            identity: identity, status: status, failures: failures,
            lastResult: at.map {
                ChannelDestination.LastResult(at: $0, succeeded: succeeded == 1, reason: reason)
            },
            createdAt: try row.instant()
        )
    }
}

extension ChannelDestination {
    /// In the order of ``SQLDestinationTable``'s statements.
    fileprivate var changeableColumns: [SQLValue] {
        [
            .text(name), .text(JSONValue.object(configuration).text), .text(status.rawValue), .count(failures),
            .instant(lastResult?.at), lastResult.map { .integer($0.succeeded ? 1 : 0) } ?? .null,
            .optional(lastResult?.reason),
        ]
    }
}
