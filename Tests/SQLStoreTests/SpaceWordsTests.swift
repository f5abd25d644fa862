import ErrandCore
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// The words of a file's search index are each of one space.
@Suite struct SpaceWordsTests {
    /// How many steps the schema had when the words of all spaces were one, with entries at the borders.
    private static let before = 19
    private static let borders = [
        """
        CREATE TRIGGER space_search_insert AFTER INSERT ON spaces BEGIN
            INSERT INTO task_search (rowid, title) VALUES (NEW.row_id << 32, char(65535));
        END
        """,
        """
        CREATE TRIGGER space_search_delete AFTER DELETE ON spaces BEGIN
            INSERT INTO task_search (task_search, rowid, title)
            VALUES ('delete', OLD.row_id << 32, char(65535));
        END
        """,
    ]

    @Test(arguments: [
        ("Buy milk, 2x!", false, "7ps:Buy 7ps:milk 7ps:2x"), ("Buy milk, 2x!", true, "7ps^Buy 7ps:Buy 7ps:milk 7ps:2x"),
        (" -- ", true, ""), ("", false, ""), ("a\u{0}b", false, "7ps:a 7ps:b"), ("7ps:x", false, "7ps:7ps 7ps:x"),
        ("日本 本語 語", true, "7ps^日本 7ps:日本 7ps:本語 7ps:語"), ("[\"home\",\"rue\"]", false, "7ps:home 7ps:rue"),
    ])
    func `each word begins with its space, and the first of a title stands there twice`(
        _ text: String, _ isTitle: Bool, _ line: String
    ) {
        #expect(Self.line(text, isTitle: isTitle) == line)
    }

    @Test func `words are cut where those that are sought are`() {
        for letter in ["x", "ü", "語"] {
            let longest = String(repeating: letter, count: SearchWords.lettersMax)
            #expect(Self.line(longest, isTitle: false) == "7ps:\(longest)")
            #expect(Self.line("\(longest)\(letter) y", isTitle: true) == "7ps^\(longest) 7ps:\(longest) 7ps:y")
        }
    }

    @Test func `no word is of two spaces, whatever becomes of tasks`() async throws {
        try await TestStore.withStore(at: .memory) { store, database in
            let users = try await Self.fill(store)
            for user in users {
                try await store.write { (transaction) throws(ErrandError) in
                    let space = user.id.personalSpace
                    guard let task = try transaction.tasks.find(.number(1), in: space) else { throw .unavailable }
                    var changed = task
                    changed.title = "Return the book"
                    try transaction.tasks.update(changed, replacing: task)
                }
            }
            let words = try await Self.words(in: database)
            #expect(words.filter { $0.hasSuffix("^return") }.count == users.count)
            #expect(words.filter { $0.hasSuffix(":milk") }.count == users.count)
            for word in words { #expect(word.prefix { $0 != ":" && $0 != "^" }.count == 1, "\(word)") }
            for user in users {
                #expect(try await Self.find("book", store, user) == [1])
                #expect(try await Self.find("mil", store, user) == [2])
                #expect(try await Self.find("shop", store, user) == [])
            }
        }
    }

    @Test func `a file whose words were those of all spaces is brought over`() async throws {
        let database = try SQLiteDatabase.open(.memory) { Issue.record("\($0)") }
        _ = try await SQLStore.open(over: EarlierDatabase(database: database, steps: Self.before)) {
            Issue.record("\($0)")
        }
        try await database.write { (connection) throws(ErrandError) in
            for sql in Self.borders { _ = try rows(sql, on: connection) }
        }
        let earlier = try await SQLStore.open(
            over: EarlierDatabase(database: database, steps: Self.before), migrates: false
        ) { Issue.record("\($0)") }
        let users = try await Self.fill(earlier)
        let store = try await SQLStore.open(over: database) { Issue.record("\($0)") }
        for user in users { #expect(try await Self.find("milk", store, user) == [2]) }
        // Spaces come and go without entries of their own.
        let more = try await Self.fill(store)
        for user in more { #expect(try await Self.find("\"the milk\"", store, user) == [2]) }
        #expect(try await Self.words(in: database).allSatisfy { $0.contains(":") || $0.contains("^") })
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows("INSERT INTO task_search (task_search) VALUES ('integrity-check')", on: connection)
            _ = try rows("DELETE FROM tasks", on: connection)
        }
        #expect(try await Self.words(in: database) == [])
        await database.close()
    }

    private static func line(_ text: String, isTitle: Bool) -> String {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer {
            // 10,000 in base 36.
            String(decoding: SpaceWords(space: 10_000).line(of: $0, isTitle: isTitle), as: UTF8.self)
        }
    }

    /// Three users with the same two tasks each.
    private static func fill(_ store: SQLStore) async throws -> [User] {
        let users = (1...3).map { _ in User.make() }
        try await store.write { (transaction) throws(ErrandError) in
            for user in users {
                try transaction.accounts.insert(user, passwordHash: nil)
                for (number, title) in [(1, "Go to the shop"), (2, "Fetch the milk")] as [(Int64, String)] {
                    try transaction.tasks.insert(TodoTask.make(owner: user.id, number: number, title: title))
                }
            }
        }
        return users
    }

    private static func find(_ text: String, _ store: SQLStore, _ user: User) async throws -> [Int64] {
        try await store.read { (transaction) throws(ErrandError) in
            let order = TaskOrder(key: .relevance, isAscending: false)
            return try transaction.tasks.page(
                PageRequest(order: order, after: nil, limit: 50), of: TaskFilter(search: SearchQuery(text)),
                in: user.id.personalSpace
            ).tasks.map(\.number)
        }
    }

    /// All words of the index (<https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module>).
    private static func words(in database: SQLiteDatabase) async throws -> [String] {
        try await database.write { (connection) throws(ErrandError) in
            _ = try rows("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, task_search, row)", on: connection)
            defer { _ = try? rows("DROP TABLE temp.words", on: connection) }
            return try rows("SELECT term FROM temp.words", on: connection).compactMap {
                if case .text(let text)? = $0.first { text } else { nil }
            }
        }
    }
}
