/// Searches, tags and titles are compared by the program's own folding and order, no longer by the database's.
extension SQLiteSchema {
    /// The tokenizer `ascii` takes every character beyond ASCII for a letter
    /// (<https://www.sqlite.org/fts5.html#ascii_tokenizer>), so it finds just the words of `SearchWords`: in a text
    /// that is ASCII by itself, in others in the columns `…_words`. These hold nothing where the text is ASCII.
    ///
    /// The index is made anew, as every entry may have other words.
    static let letters =
        [
            "DROP TRIGGER task_search_insert",
            "DROP TRIGGER task_search_update",
            "DROP TRIGGER task_search_delete",
            "DROP TABLE task_search",
            "DROP INDEX tasks_by_title",
        ] + columns + [LetterFill.statement, titleIndex] + searchTable + search

    private static let columns =
        ["title_words", "description_words", "tags_words"].map { "ALTER TABLE tasks ADD COLUMN \($0) TEXT" } + [
            // See ``references`` of ``spaces``.
            "PRAGMA writable_schema = ON",
            """
            UPDATE sqlite_schema
            SET sql = replace(sql, 'CHECK (length(title_key) <= 100)', 'CHECK (length(title_key) <= 2500)')
            WHERE type = 'table' AND name = 'tasks'
            """,
            "PRAGMA writable_schema = RESET",
        ]

    private static let titleIndex = """
        CREATE INDEX tasks_by_title ON tasks
            (space, title_key, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """

    static func words(of row: String) -> String { searched(of: row).joined(separator: ", ") }

    /// What is searched of a row, column by column.
    static func searched(of row: String) -> [String] {
        ["title", "description", "tags"].map { "coalesce(\(row)\($0)_words, \(row)\($0))" }
    }

    private static let searchTable = [
        """
        CREATE VIRTUAL TABLE task_search USING fts5 (
            title, description, tags, content='', columnsize=0, prefix='1 2 3', tokenize='ascii'
        )
        """,
        "INSERT INTO task_search (rowid, title, description, tags) SELECT row_id, \(words(of: "")) FROM tasks",
    ]

    /// As in ``SQLiteSchema/search``, with the words in place of the texts.
    private static let search = [
        """
        CREATE TRIGGER task_search_insert AFTER INSERT ON tasks BEGIN
            INSERT INTO task_search (rowid, title, description, tags)
            VALUES (NEW.row_id, \(words(of: "NEW.")));
        END
        """,
        """
        CREATE TRIGGER task_search_update
        AFTER UPDATE OF title, description, tags, title_words, description_words, tags_words ON tasks
        WHEN (\(words(of: "OLD."))) <> (\(words(of: "NEW."))) BEGIN
            INSERT INTO task_search (task_search, rowid, title, description, tags)
            VALUES ('delete', OLD.row_id, \(words(of: "OLD.")));
            INSERT INTO task_search (rowid, title, description, tags)
            VALUES (NEW.row_id, \(words(of: "NEW.")));
        END
        """,
        """
        CREATE TRIGGER task_search_delete AFTER DELETE ON tasks BEGIN
            INSERT INTO task_search (task_search, rowid, title, description, tags)
            VALUES ('delete', OLD.row_id, \(words(of: "OLD.")));
        END
        """,
    ]
}
