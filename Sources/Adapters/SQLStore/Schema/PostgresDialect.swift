public import ErrandCore

/// PostgreSQL 14 or later.
public struct PostgresDialect: SQLDialect {
    public init() {}

    public var migrations: [[String]] { PostgresSchema.migrations }

    public var concurrency: SQLConcurrency? {
        SQLConcurrency(
            migrationLock: "SELECT pg_advisory_xact_lock(\(PostgresDialect.lockClass), 1)",
            logLock: "SELECT pg_advisory_xact_lock(\(PostgresDialect.lockClass), 2)",
            logTurn: """
                SELECT set_config('lock_timeout', '1s', true), set_config('synchronous_commit', 'off', true),
                    set_config('idle_in_transaction_session_timeout', '5s', true),
                    set_config('enable_seqscan', 'off', true)
                """,
            firstAtWork: "pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
            transaction: "pg_current_xact_id()::text::bigint",
            rowLock: "FOR NO KEY UPDATE OF",
            keyLock: "LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE",
            auditLock: "SELECT pg_advisory_xact_lock(\(PostgresDialect.lockClass + 1), $1::integer)",
            announcement: "SELECT pg_notify('\(PostgresDialect.channel)', $1)"
        )
    }

    /// The channel of ``StoreNews``.
    public static let channel = "errand"

    /// Any number that other programs on the same database are not likely to lock by.
    private static let lockClass = 1_163_022_930

    public func scanning(_ index: String) -> String { "" }

    public var lookingUp: String { "" }

    public var rowAddress: String { "ctid" }

    public func strings(in parameter: String) -> String {
        "SELECT jsonb_array_elements_text(CAST(\(parameter) AS jsonb))"
    }

    /// Whatever is done once for a statement, such as preparing the checks of a table, is then done once for all rows.
    public func rows(of columns: [SQLColumnType]) -> String? {
        let arrays = columns.enumerated().map { index, type in "$\(index + 1)::\(type == .text ? "text" : "bigint")[]" }
        return "SELECT * FROM unnest(\(arrays.joined(separator: ", ")))"
    }

    public func countingOn(_ table: String, _ column: String) -> String? {
        "SELECT setval(pg_get_serial_sequence('\(table)', '\(column)'), max(\(column))) FROM \(table)"
    }

    public var sets: SQLSets { .spelledOut }

    public func matches(_ expression: String, from first: String, through last: String) -> String {
        let found = "FROM task_search s WHERE s.document @@ CAST(\(expression) AS tsquery)"
        if first == last { return "SELECT s.row_id \(found) AND s.row_id = \(first)" }
        // Lexemes are of one user, so the index of words alone finds few rows. A range or an order of plain `row_id`
        // would tempt the planner, which knows little of prefixes, to read all tasks of the user instead.
        return "SELECT s.row_id + 0 AS row_id \(found) AND s.row_id + 0 BETWEEN \(first) AND \(last)"
    }

    /// Queries of type `tsquery` (<https://www.postgresql.org/docs/current/datatype-textsearch.html>) over the
    /// lexemes of ``searchDocument(title:description:tags:space:)``. Lexemes are letters, digits and symbols, so no
    /// text can be an operator or a syntax error.
    ///
    /// The tiers are those of ``SQLiteDialect``.
    public func expressions(for query: SearchQuery, space: Int64) -> SearchExpressions? {
        guard !query.isEmpty else { return nil }
        let lexemes = SearchLexemes(space: space)
        func all(_ terms: [SearchQuery.Term], in place: SearchLexemes.Place) -> [String] {
            terms.map { lexemes.query(for: $0.phrase, in: place) }
        }
        let excluded = all(query.excluded, in: .anywhere).joined(separator: " | ")
        guard !query.required.isEmpty else {
            return SearchExpressions(required: nil, excluded: excluded, tiers: [])
        }
        let required = all(query.required, in: .anywhere).joined(separator: " & ")
        let inTitle = all(query.required, in: .title).joined(separator: " & ")
        let opening = lexemes.opening(query.opening)
        return SearchExpressions(
            required: required,
            excluded: excluded.isEmpty ? nil : excluded,
            tiers: [
                SearchExpressions.Tier(rest: opening, whole: opening),
                SearchExpressions.Tier(rest: "\(inTitle) & !(\(opening))", whole: inTitle),
                SearchExpressions.Tier(rest: "\(required) & !(\(inTitle))", whole: required),
            ]
        )
    }

    public func searchDocument(title: String, description: String, tags: String, space: Int64) -> String? {
        SearchLexemes(space: space).document(title: title, description: description, tags: tags)
    }
}

/// What the search index holds of one user's tasks.
///
/// Every lexeme begins with the user, so that a search reads the lists of this user's words and nobody else's, and
/// with where the word stands: the tiers of a ranked search are then found by the index alone. Positions are kept for
/// phrases; between title, description and tags one is left out, so that no phrase goes across.
struct SearchLexemes {
    enum Place: Character {
        case anywhere = ":"
        case title = "!"
        /// The first word of the title.
        case opening = "^"
    }

    /// Positions end at 16,383, and a word has 256 of them at most
    /// (<https://www.postgresql.org/docs/current/textsearch-limitations.html>).
    private static let positionsMax = 256

    let space: Int64

    private func lexeme(_ word: String, _ place: Place) -> String {
        "\(String(space, radix: 36))\(place.rawValue)\(word)"
    }

    /// Words that follow one another, as a query.
    func query(for phrase: SearchPhrase, in place: Place) -> String {
        chain(phrase.words.map { lexeme($0, place) }, phrase.isOpen)
    }

    /// Words that the title begins with, as a query.
    func opening(_ phrase: SearchPhrase) -> String {
        let words = phrase.words
        return chain(
            words.prefix(1).map { lexeme($0, .opening) } + words.dropFirst().map { lexeme($0, .title) }, phrase.isOpen)
    }

    private func chain(_ lexemes: [String], _ isOpen: Bool) -> String {
        let quoted = lexemes.enumerated().map { index, lexeme in
            "'\(lexeme)'" + (isOpen && index == lexemes.count - 1 ? ":*" : "")
        }
        return quoted.count == 1 ? quoted[0] : "(\(quoted.joined(separator: " <-> ")))"
    }

    /// A value of type `tsvector`.
    func document(title: String, description: String, tags: String) -> String {
        var positions: [String: [Int]] = [:]
        var position = 0
        func add(_ lexeme: String) { positions[lexeme, default: []].append(position) }
        for (index, text) in [title, description, tags].enumerated() {
            for (number, word) in SearchWords.words(in: text).enumerated() {
                position += 1
                add(lexeme(word, .anywhere))
                guard index == 0 else { continue }
                add(lexeme(word, .title))
                if number == 0 { add(lexeme(word, .opening)) }
            }
            position += 1
        }
        let lexemes = positions.map { lexeme, positions in
            "'\(lexeme)':" + positions.prefix(SearchLexemes.positionsMax).map(String.init).joined(separator: ",")
        }
        return lexemes.joined(separator: " ")
    }
}
