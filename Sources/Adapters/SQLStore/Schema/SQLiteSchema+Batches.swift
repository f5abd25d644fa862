/// New tasks come into the search index together, at the end of the commit that they share.
///
/// FTS5 writes a segment of its index for every statement that begins while it has something to write
/// (<https://www.sqlite.org/vtab.html#the_xsavepoint_xrelease_and_xrollbackto_methods>): with a task in each, that is
/// a segment a task, which are merged again later. Together, in the order of their rows, they are one.
extension SQLiteSchema {
    static let batches =
        [
            "CREATE TABLE unsearched_tasks (row_id INTEGER PRIMARY KEY) STRICT",
            "DROP TRIGGER task_search_insert",
            "DROP TRIGGER task_search_update",
            "DROP TRIGGER task_search_delete",
            """
            CREATE TRIGGER task_search_insert AFTER INSERT ON tasks BEGIN
                INSERT INTO unsearched_tasks (row_id) VALUES (NEW.row_id);
            END
            """,
        ] + searchChanges(indexed: words)

    /// Triggers that bring the entries of tasks to what they are changed to, unless they wait to be made. Of two steps:
    /// whoever changes them adds a third.
    ///
    /// - Parameter indexed: what the index holds of a row, column by column.
    static func searchChanges(indexed: (_ row: String) -> String) -> [String] {
        [
            """
            CREATE TRIGGER task_search_update
            AFTER UPDATE OF title, description, tags, title_words, description_words, tags_words ON tasks
            WHEN (\(words(of: "OLD."))) <> (\(words(of: "NEW.")))
                AND NOT EXISTS (SELECT 1 FROM unsearched_tasks WHERE row_id = OLD.row_id) BEGIN
                INSERT INTO task_search (task_search, rowid, title, description, tags)
                VALUES ('delete', OLD.row_id, \(indexed("OLD.")));
                INSERT INTO task_search (rowid, title, description, tags)
                VALUES (NEW.row_id, \(indexed("NEW.")));
            END
            """,
            """
            CREATE TRIGGER task_search_delete AFTER DELETE ON tasks BEGIN
                INSERT INTO task_search (task_search, rowid, title, description, tags)
                SELECT 'delete', OLD.row_id, \(indexed("OLD."))
                WHERE NOT EXISTS (SELECT 1 FROM unsearched_tasks WHERE row_id = OLD.row_id);
                DELETE FROM unsearched_tasks WHERE row_id = OLD.row_id;
            END
            """,
        ]
    }
}
