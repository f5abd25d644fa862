/// The words of the search index begin with their space, see ``SpaceWords``.
extension SQLiteSchema {
    /// Was an index of beginnings of words, of all spaces together. ``spaceWords`` drops what it made, so a file of
    /// before need not get it.
    static let replaced: [String] = []

    /// Without an index of beginnings: those of one word of one space are few, and stand side by side.
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
        ] + changed

    private static let changed = [
        """
        CREATE TRIGGER task_search_update
        AFTER UPDATE OF title, description, tags, title_words, description_words, tags_words ON tasks
        WHEN (\(words(of: "OLD."))) <> (\(words(of: "NEW.")))
            AND NOT EXISTS (SELECT 1 FROM unsearched_tasks WHERE row_id = OLD.row_id) BEGIN
            INSERT INTO task_search (task_search, rowid, title, description, tags)
            VALUES ('delete', OLD.row_id, \(spaceWords(of: "OLD.")));
            INSERT INTO task_search (rowid, title, description, tags)
            VALUES (NEW.row_id, \(spaceWords(of: "NEW.")));
        END
        """,
        """
        CREATE TRIGGER task_search_delete AFTER DELETE ON tasks BEGIN
            INSERT INTO task_search (task_search, rowid, title, description, tags)
            SELECT 'delete', OLD.row_id, \(spaceWords(of: "OLD."))
            WHERE NOT EXISTS (SELECT 1 FROM unsearched_tasks WHERE row_id = OLD.row_id);
            DELETE FROM unsearched_tasks WHERE row_id = OLD.row_id;
        END
        """,
    ]

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
        zip(columns(of: row), [1, 0, 0]).map { column, isTitle in
            "\(SpaceWords.function)(\(row)space, \(column), \(isTitle))"
        }.joined(separator: ", ")
    }
}
