import CivilTime
import ErrandCore
import SQLStore

/// Somebody whose rows are a copy of somebody else's.
struct GrowthPerson: Sendable {
    /// Of the space and the account.
    let row: Int64
    let id: String
    let email: String

    init(row: Int64, name: String) {
        self.row = row
        var generator = SystemRandomNumberGenerator()
        id = UniqueID.version7(at: Instant.ofBench, using: &generator).description
        email = "\(name)@example.org"
    }

    /// What tells the ids of these tasks from those that they are copies of.
    var mark: String {
        let digits = String(row, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

/// Statements that give one person a copy of every row of another, as the program would have written it for them.
struct GrowthCopy: Sendable {
    /// One statement: `:name` stands for a value.
    private struct Statement: Sendable {
        let sql: String
        let names: [String]

        init(_ text: String) {
            var (sql, names) = ("", [String]())
            for (index, part) in text.split(separator: "@", omittingEmptySubsequences: false).enumerated() {
                guard index > 0 else {
                    sql = String(part)
                    continue
                }
                let name = String(part.prefix { $0.isLetter })
                if !names.contains(name) { names.append(name) }
                let type = ["row", "from"].contains(name) ? "BIGINT" : "TEXT"
                sql += "CAST($\((names.firstIndex(of: name) ?? 0) + 1) AS \(type))\(part.dropFirst(name.count))"
            }
            (self.sql, self.names) = (sql, names)
        }
    }

    private let statements: [Statement]
    private let template: Int64

    /// - Parameters:
    ///   - columns: of every table.
    ///   - template: the row of whoever is copied.
    init(columns: [String: [String]], template: Int64, isPostgres: Bool) {
        let row = "@row * 4294967296 + (t.row_id & 4294967295)"
        func copy(_ table: String, of owner: String, by key: String, _ changes: [String: String]) -> String {
            let names = (columns[table] ?? []).filter { changes[$0] != "" }
            let values = names.map { changes[$0] ?? "t.\($0)" }
            return """
                INSERT INTO \(table) (\(names.joined(separator: ", "))) SELECT \(values.joined(separator: ", "))
                FROM \(table) t WHERE t.\(owner) = @from ORDER BY t.\(key)
                """
        }
        var texts = [
            "INSERT INTO spaces (row_id, id) VALUES (@row, @id)",
            copy(
                "users", of: "row_id", by: "row_id",
                ["row_id": "@row", "id": "@id", "email": "@email", "email_key": "@email"]
            ),
            copy("counters", of: "space", by: "space", ["space": "@row"]),
            copy("sessions", of: "owner", by: "id", ["owner": "@row", "id": "substr(t.id, 1, 28) || @mark"]),
            copy(
                "tasks", of: "space", by: "row_id",
                ["row_id": row, "space": "@row", "id": "substr(t.id, 1, 24) || @mark || substr(t.id, 33)"]
            ),
            copy("task_tags", of: "space", by: "row_id, t.tag_key", ["row_id": row, "space": "@row"]),
            copy(
                "reminders", of: "member", by: "row_id",
                ["row_id": "", "member": "@row", "task_row": "@row * 4294967296 + (t.task_row & 4294967295)"]
            ),
        ]
        if isPostgres { texts.append(GrowthCopy.documents(row)) }
        statements = texts.map(Statement.init)
        self.template = template
    }

    /// Every lexeme begins with the space, see `SearchLexemes`.
    private static func documents(_ row: String) -> String {
        let places = [":", "!", "^"]
        let text = places.reduce("CAST(t.document AS text)") { text, place in
            "replace(\(text), '''' || @oldspace || '\(place)', '''' || @space || '\(place)')"
        }
        return """
            INSERT INTO task_search (row_id, document) SELECT \(row), CAST(\(text) AS tsvector) FROM task_search t
            WHERE t.row_id BETWEEN @from * 4294967296 AND @from * 4294967296 + 4294967295 ORDER BY t.row_id
            """
    }

    func run(for person: GrowthPerson, on connection: any SQLConnection) throws(SQLError) {
        let values: [String: SQLValue] = [
            "row": .integer(person.row), "from": .integer(template), "id": .text(person.id),
            "email": .text(person.email), "mark": .text(person.mark),
            "space": .text(String(person.row, radix: 36)), "oldspace": .text(String(template, radix: 36)),
        ]
        for statement in statements {
            try connection.execute(statement.sql, statement.names.compactMap { values[$0] })
        }
    }
}
