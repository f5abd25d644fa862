/// The words of the search index begin with their space, see ``SpaceWords``.
extension SQLiteSchema {
    /// Was an index of beginnings of words, of all spaces together. ``spaceWords`` drops what it made, so a file of
    /// before need not get it.
    static let replaced: [String] = []

    /// Without an index of beginnings: words of one space that begin alike are few, and stand side by side.
    ///
    /// FTS5 merges at least 64 of its pages at a time, within a commit. Of a quarter of the size that it chooses by
    /// itself, that takes a quarter of the time (<https://www.sqlite.org/fts5.html#the_pgsz_configuration_option>).
    static let spaceWords =
        [
            "DROP TRIGGER IF EXISTS space_search_insert",
            "DROP TRIGGER IF EXISTS space_search_delete",
            "DROP TRIGGER task_search_update",
            "DROP TRIGGER task_search_delete",
            "DROP TABLE task_search",
            """
            CREATE VIRTUAL TABLE task_search USING fts5 (
                title, description, tags, content='', columnsize=0, tokenize="ascii tokenchars '\(SpaceWords.marks)'"
            )
            """,
            "INSERT INTO task_search (task_search, rank) VALUES ('pgsz', 1000)",
            """
            INSERT INTO task_search (rowid, title, description, tags)
            SELECT row_id, \(spaceWords(of: "")) FROM tasks ORDER BY row_id
            """,
        ] + searchChanges(indexed: spaceWords)

    /// Makes the search entries of tasks that wait.
    static let searchEntries = [
        """
        INSERT INTO task_search (rowid, title, description, tags)
        SELECT u.row_id, \(spaceWords(of: "t.")) FROM unsearched_tasks u JOIN tasks t ON t.row_id = u.row_id
        ORDER BY u.row_id
        """,
        "DELETE FROM unsearched_tasks",
    ]

    private static func spaceWords(of row: String) -> String {
        zip(searched(of: row), [1, 0, 0]).map { column, isTitle in
            "\(SpaceWords.function)(\(row)space, \(column), \(isTitle))"
        }.joined(separator: ", ")
    }
}
