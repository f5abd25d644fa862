import CivilTime
import ErrandCore

/// An entry is kept as the very text that its hash is made of, with the columns that it is looked for by.
struct SQLAuditTable: AuditTable {
    let runner: SQLRunner

    private static let shape = RowShape(
        "audit_entries", .untilAsked,
        [
            .init(name: "space", type: .integer), .init(name: "seq", type: .integer),
            .init(name: "at", type: .integer), .init(name: "action", type: .text),
            .init(name: "task_id", type: .text), .init(name: "entry", type: .text), .init(name: "hash", type: .text),
        ])

    func head(in space: SpaceID) throws(ErrandError) -> (sequence: Int64, hash: String)? {
        guard let row = try runner.row(of: space) else { return nil }
        if let known = runner.auditHeads[row] { return known }
        try runner.writeOut()
        if let concurrency = runner.concurrency { try runner.call(concurrency.auditLock, [.integer(row)]) }
        let sql = "SELECT seq, hash FROM audit_entries WHERE space = $1 ORDER BY seq DESC LIMIT 1"
        return try runner.first(sql, [.integer(row)]) { row throws(SQLError) in (try row.integer(), try row.text()) }
    }

    func lookUpHeads(in spaces: [SpaceID]) throws(ErrandError) {
        var ids: [Int64: String] = [:]
        for space in Set(spaces) {
            guard let row = try runner.row(of: space), runner.auditHeads[row] == nil else { continue }
            ids[row] = space.description
        }
        try runner.writeOut()
        if let concurrency = runner.concurrency {
            // In one order for all, so that no two wait for each other.
            for row in ids.keys.sorted() { try runner.send(concurrency.auditLock, [.integer(row)]) }
        }
        let sql = """
            SELECT e.space, e.seq, e.hash FROM spaces s JOIN audit_entries e ON e.space = s.row_id
                AND e.seq = (SELECT MAX(seq) FROM audit_entries WHERE space = s.row_id)
            WHERE s.id IN (\(runner.dialect.strings(in: "$1")))
            """
        let heads = try runner.all(sql, [.text(JSONValue(strings: Array(ids.values)).text)]) { row throws(SQLError) in
            (space: try row.integer(), sequence: try row.integer(), hash: try row.text())
        }
        for head in heads { runner.auditHeads[head.space] = (head.sequence, head.hash) }
    }

    func append(_ sealed: SealedAuditEntry, in space: SpaceID) throws(ErrandError) {
        let (entry, row) = (sealed.entry, try runner.requiredRow(of: space))
        try runner.insert(
            [
                .integer(row), .integer(entry.sequence), .instant(entry.at),
                .text(entry.action), .text(entry.subject.id.description), .text(sealed.text), .text(sealed.hash),
            ], Self.shape
        )
        runner.auditHeads[row] = (entry.sequence, sealed.hash)
    }

    func newest(
        in space: SpaceID, before: Int64, _ filter: AuditFilter, limit: Int
    ) throws(ErrandError) -> [SealedAuditEntry] {
        guard let row = try runner.row(of: space) else { return [] }
        try runner.writeOut()
        var sql = SQLText()
        var conditions = ["space = \(sql.bind(.integer(row)))", "seq < \(sql.bind(.integer(before)))"]
        if let task = filter.taskID { conditions.append("task_id = \(sql.bind(.id(task)))") }
        if let action = filter.action { conditions.append("action = \(sql.bind(.text(action)))") }
        if let from = filter.from { conditions.append("at >= \(sql.bind(.instant(from)))") }
        if let to = filter.to { conditions.append("at < \(sql.bind(.instant(to)))") }
        let text = """
            SELECT entry, hash FROM audit_entries WHERE \(conditions.joined(separator: " AND "))
            ORDER BY seq DESC LIMIT \(sql.bind(.count(limit)))
            """
        return try runner.all(text, sql.arguments) { row throws(SQLError) in
            guard let entry = Self.entry(try row.text()) else { throw row.damaged("an audit entry") }
            return SealedAuditEntry(entry: entry, hash: try row.text())
        }
    }

    func spaces(after last: SpaceID?, limit: Int) throws(ErrandError) -> [SpaceID] {
        let sql = """
            SELECT s.id FROM spaces s
            WHERE s.id > $1 AND EXISTS (SELECT 1 FROM audit_entries WHERE space = s.row_id) ORDER BY s.id LIMIT $2
            """
        try runner.writeOut()
        return try runner.all(sql, [.text(last?.description ?? ""), .count(limit)]) { row throws(SQLError) in
            try row.id()
        }
    }

    func records(in space: SpaceID, after sequence: Int64, limit: Int) throws(ErrandError) -> [AuditRecord] {
        guard let row = try runner.row(of: space) else { return [] }
        try runner.writeOut()
        let sql = """
            SELECT seq, at, action, task_id, entry, hash FROM audit_entries
            WHERE space = $1 AND seq > $2 ORDER BY seq LIMIT $3
            """
        return try runner.all(sql, [.integer(row), .integer(sequence), .count(limit)]) { row throws(SQLError) in
            try Self.record(&row)
        }
    }

    /// Reads `seq, at, action, task_id, entry, hash`.
    static func record(_ row: inout SQLRow) throws(SQLError) -> AuditRecord {
        let (number, at, action) = (try row.integer(), try row.instant(), try row.text())
        let (subject, entry, hash) = (try row.text(), Self.entry(try row.text()), try row.text())
        guard let entry, entry.sequence == number, entry.at == at, entry.action == action,
            entry.subject.id.description == subject
        else { return AuditRecord(sequence: number, entry: nil) }
        return AuditRecord(sequence: number, entry: SealedAuditEntry(entry: entry, hash: hash))
    }

    private static func entry(_ text: String) -> AuditEntry? {
        (try? JSONValue.parse(text)).flatMap { AuditEntry($0) }
    }
}
