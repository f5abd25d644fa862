/// A search costs what its own space holds, however many tasks others have.
extension SQLiteSchema {
    /// FTS5 reads along what it finds of a word, from any row on. Of what words begin with it does so only for as many
    /// characters as there is an index for; else it gathers every place of every such word first, of all people
    /// (<https://www.sqlite.org/fts5.html#prefix_indexes>). Few words are longer than 16, and those of one beginning
    /// are fewer still.
    static let prefixes =
        ["DROP TABLE task_search"] + searchTable(prefixes: 1...16) + [
            "INSERT INTO task_search (rowid, title) SELECT \(row("row_id", .behind)), char(65534) FROM spaces",
            "INSERT INTO task_search (rowid, title) SELECT \(row("row_id", .before)), char(65535) FROM spaces",
            """
            CREATE TRIGGER space_search_insert AFTER INSERT ON spaces BEGIN
                INSERT INTO task_search (rowid, title) VALUES (\(row("NEW.row_id", .behind)), char(65534));
                INSERT INTO task_search (rowid, title) VALUES (\(row("NEW.row_id", .before)), char(65535));
            END
            """,
            """
            CREATE TRIGGER space_search_delete AFTER DELETE ON spaces BEGIN
                INSERT INTO task_search (task_search, rowid, title)
                VALUES ('delete', \(row("OLD.row_id", .behind)), char(65534));
                INSERT INTO task_search (task_search, rowid, title)
                VALUES ('delete', \(row("OLD.row_id", .before)), char(65535));
            END
            """,
        ]

    /// Where a ``SearchEnd`` of a space stands: before the row of its first task, which has the number 1, or one more
    /// before that, behind the last row that a task of the space before could have.
    private enum Place: Int {
        case before = 0
        case behind = 1
    }

    private static func row(_ space: String, _ place: Place) -> String { "(\(space) << 32) - \(place.rawValue)" }
}

/// Words that no text has (they are noncharacters, which no word of `SearchWords` contains), in entries between the
/// tasks of one space and the next.
///
/// FTS5 tests whether a row lies in the range that was asked for when it has found one that matches. What matches none
/// of a space's tasks, though its words are there, would be sought through those of all others. So each word of an
/// expression may be one of these instead: whatever is read in either direction ends at the border of the space.
enum SearchEnd {
    /// Ends what is sought.
    static let sought = "\"\u{FFFF}\""
    /// Ends what is left out: it stands in another row, for else it would take ``sought`` away.
    static let leftOut = "\"\u{FFFE}\""
}
