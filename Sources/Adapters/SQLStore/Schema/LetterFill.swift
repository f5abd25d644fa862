import ErrandCore

/// Computes what follows from the texts of tasks by `SearchWords`, `CollationKey` and the keys of tags, for the tasks
/// that a database has already. Part of a step of the schema.
enum LetterFill {
    /// Stands among the statements of a step for a run of this.
    static let statement = "SELECT 'the letters of tasks'"

    /// Tasks read and written at a time.
    private static let batchSize = 500

    private struct Row {
        let number: Int64
        let space: Int64
        let title: String
        let description: String
        let tags: String
        let isPending: Bool
        let isInTrash: Bool
    }

    static func run(on connection: any SQLConnection, _ dialect: any SQLDialect) throws(SQLError) {
        var last: Int64 = 0
        while true {
            let rows = try rows(after: last, on: connection)
            guard let end = rows.last else { return }
            for row in rows { try fill(row, on: connection, dialect) }
            last = end.number
        }
    }

    private static func rows(after last: Int64, on connection: any SQLConnection) throws(SQLError) -> [Row] {
        var rows: [Row] = []
        try connection.query(
            """
            SELECT row_id, space, title, description, tags, completed_at, deleted_at FROM tasks
            WHERE row_id > $1 ORDER BY row_id LIMIT $2
            """,
            [.integer(last), .count(batchSize)]
        ) { row throws(SQLError) in
            rows.append(
                Row(
                    number: try row.integer(), space: try row.integer(), title: try row.text(),
                    description: try row.text(), tags: try row.text(),
                    isPending: try row.optionalInstant() == nil, isInTrash: try row.optionalInstant() != nil
                )
            )
        }
        return rows
    }

    private static func fill(
        _ row: Row, on connection: any SQLConnection, _ dialect: any SQLDialect
    ) throws(SQLError) {
        let tags = try tags(of: row, on: connection)
        let words = TaskRow.followsFromTitle(row.title) + [TaskRow.words(of: row.description), TaskRow.words(of: tags)]
        try connection.execute(
            """
            UPDATE tasks SET title_key = $2, title_words = $3, description_words = $4, tags_words = $5, tags = $6
            WHERE row_id = $1
            """,
            [.integer(row.number)] + words + [.text(tags)]
        )
        // Entries of texts that are ASCII are what they were.
        guard words.dropFirst().contains(where: { $0 != .null }),
            let document = dialect.searchDocument(
                title: row.title, description: row.description, tags: tags, space: row.space
            )
        else { return }
        try connection.execute(SQLTaskTable.indexing, [.integer(row.number), .text(document)])
    }

    /// Writes the keys of a task's tags anew. Of tags that have become one, the task keeps the first.
    ///
    /// - Returns: the tags as the task has them now.
    private static func tags(of row: Row, on connection: any SQLConnection) throws(SQLError) -> String {
        // Keys of ASCII are what they were.
        guard !row.tags.utf8.allSatisfy({ $0 < 0x80 }), let names = (try? JSONValue.parse(row.tags))?.array else {
            return row.tags
        }
        let tags = names.compactMap { $0.string.map(Tag.init(name:)) }.withoutRepeats
        try connection.execute("DELETE FROM task_tags WHERE row_id = $1", [.integer(row.number)])
        for tag in tags {
            try connection.execute(
                SQLTaskTable.tagged.statement,
                [
                    .integer(row.space), .text(tag.key), .integer(row.number), .text(tag.name), row.isPending ? 1 : 0,
                    row.isInTrash ? 1 : 0,
                ]
            )
        }
        return tags.count == names.count ? row.tags : JSONValue(strings: tags.map(\.name)).text
    }
}
