import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let searchCases = [
        Self("searches find what they should, best first") { try await $0.goldenSearches() },
        Self("odd searches are answered") { try await $0.oddSearches() },
        Self("ranked results come in pages") { try await $0.rankedPages() },
        Self("a search combines with filters and orders") { try await $0.combinedSearches() },
    ]
}

/// The texts that the searches below are about; the place in the list is the number, from 1.
private let goldenTasks: [(title: String, description: String, tags: [String])] = [
    ("Buy milk", "", ["home"]),
    ("Milk the cow", "at the farm", []),
    ("Call mother", "about milk and eggs", []),
    ("Write quarterly report", "", ["work", "Finance"]),
    ("Report the bug", "quarterly numbers are wrong", []),
    ("Café crème für Zoë", "", []),
    ("CAFE opening hours", "", []),
    ("🎉 Party for Ana", "", ["🎈", "birthday cake"]),
    ("Read \"War and Peace\"", "NEAR the end", []),
    ("Pay rent: 50% AND more", "NOT OR", []),
    ("日本語の勉強", "", ["学校"]),
    ("Straße fegen", "ДОМ и сад", []),
    ("milkshake recipe", "", ["c++", "e-mail"]),
]

/// What a person types and the numbers that have to come back, in this order.
private let goldenSearches: [(text: String, numbers: [Int64])] = [
    // Words match from their beginning; titles that begin with them come first, then other titles.
    ("milk", [13, 2, 1, 3]),
    ("MILK", [13, 2, 1, 3]),
    ("  milk  ", [13, 2, 1, 3]),
    ("mil", [13, 2, 1, 3]),
    ("m", [13, 2, 10, 3, 1]),
    ("rep", [5, 4]),
    ("quarterly report", [4, 5]),
    ("report quarterly", [4, 5]),
    ("write quart", [4]),
    ("report the bu", [5]),
    ("ilk", []),
    ("milk cheese", []),
    // Phrases and excluded words match whole words.
    ("\"milk\"", [2, 1, 3]),
    ("\"quarterly report\"", [4]),
    ("\"report quarterly\"", []),
    ("\"war and peace\"", [9]),
    ("\"quarterly rep\"", []),
    ("\"buy milk\" home", [1]),
    ("\"milk the", [2]),
    ("milk -cow", [13, 1, 3]),
    ("milk -\"the cow\"", [13, 1, 3]),
    ("milk -mil", [13, 2, 1, 3]),
    ("report -quarterly", []),
    ("-milk", [13, 12, 11, 10, 9, 8, 7, 6, 5, 4]),
    ("-milk -report -the", [13, 12, 11, 10, 8, 7, 6]),
    // Case and diacritics make no difference, in either direction and in any form.
    ("cafe", [7, 6]),
    ("Café", [7, 6]),
    ("cafe\u{301}", [7, 6]),
    ("creme fur zoe", [6]),
    ("CRÈME", [6]),
    ("straße", [12]),
    ("дом", [12]),
    ("САД", [12]),
    // Tags and emoji.
    ("work", [4]),
    ("fin", [4]),
    ("report finance", [4]),
    ("🎉", [8]),
    ("🎈 party", [8]),
    ("cake", [8]),
    ("日本", [11]),
    ("学校", [11]),
    // Operators of query languages are words or punctuation here.
    ("war peace", [9]),
    ("and", [10, 9, 3]),
    ("AND", [10, 9, 3]),
    ("or", [10]),
    ("not", [10]),
    ("NEAR(", [9]),
    ("NEAR(war peace)", []),
    ("war AND peace", [9]),
    ("milk OR report", []),
    ("50%", [10]),
    ("milk*", [13, 2, 1, 3]),
    ("^milk", [13, 2, 1, 3]),
    ("title:milk", []),
    ("{title}: milk", []),
    ("mi\"lk", []),
    ("e-mail", [13]),
    ("c++", [7, 6, 3, 2, 13, 8]),
    ("milk;DROP", []),
    ("'milk'", [13, 2, 1, 3]),
    // A symbol that no index knows is nobody's, so leaving it out changes nothing.
    ("milk -🫨", [13, 2, 1, 3]),
]

extension StoreConformance {
    private static let ranked = TaskOrder(key: .relevance, isAscending: false)

    private func addGoldenTasks() async throws -> UserID {
        let (owner, other) = (try await addUser(), try await addUser())
        for user in [other, owner] {
            try await add(
                goldenTasks.enumerated().map { index, task in
                    .make(
                        owner: user, number: Int64(index + 1), title: task.title, description: task.description,
                        tags: task.tags, createdAt: .testStart + .seconds(index)
                    )
                }
            )
        }
        return owner
    }

    private func search(_ text: String, pageSize: Int = 200, of owner: UserID) async throws -> [Int64] {
        try await list(
            TaskFilter(search: SearchQuery(text)), StoreConformance.ranked, pageSize: pageSize, of: owner
        ).map(\.number)
    }

    private func goldenSearches() async throws {
        let owner = try await addGoldenTasks()
        for (text, numbers) in TestSupport.goldenSearches {
            expectEqual(try await search(text, of: owner), numbers, "'\(text)'")
            let filter = TaskFilter(search: SearchQuery(text))
            expectEqual(try await count(filter, of: owner), numbers.count, "count of '\(text)'")
            let byAge = try await list(filter, of: owner).map(\.number)
            expectEqual(byAge, numbers.sorted(), "'\(text)' by age")
        }
    }

    private func oddSearches() async throws {
        let owner = try await addGoldenTasks()
        let empty = ["", " ", "*", "\"", "\"\"", "-", "--", "()", "!?.,;", "' OR 1=1 --".replacing("OR 1=1", with: "")]
        for text in empty { expectEqual(try await search(text, of: owner), [], "'\(text)' finds nothing") }
        let long = [
            String(repeating: "a", count: 500), String(repeating: "\"", count: 499),
            String(repeating: "a ", count: 250),
            String(repeating: "-a ", count: 166), String(repeating: "🎉", count: 500),
            "\"" + String(repeating: "a ", count: 240),
        ]
        for text in long { _ = try await search(text, of: owner) }
        expectEqual(try await search("milk\0cow", of: owner), [2], "NUL separates words")
        expectEqual(try await search("milk\u{1}\ncow\t", of: owner), [2], "and so do other controls")
        for text in [
            "\u{FFFD}", "\u{10FFFF}", "\u{301}", "e\u{301}\u{301}\u{301}", "\u{200D}", "ﷺ", "🫨", "-🫨", "🇫🇷", "\\",
            "$1 ?1 :a @b",
        ] {
            let found = try await search(text, of: owner)
            expectEqual(try await count(TaskFilter(search: SearchQuery(text)), of: owner), found.count, "'\(text)'")
        }
        var generator = SeededGenerator(seed: .random(in: 0 ... .max))
        let pieces = [
            "\"", "*", "-", "(", ")", "NEAR", "AND", "NOT", "milk", ":", "^", "+", "{", "}", " ", ",", "é", "\0",
        ]
        for _ in 0..<150 {
            let text = (0..<8).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let filter = TaskFilter(search: SearchQuery(text))
            let found = try await list(filter, StoreConformance.ranked, pageSize: 5, of: owner)
            let oracle = TaskOracle(tasks: try await list(of: owner), filter: filter)
            expectEqual(found, oracle.sorted(by: StoreConformance.ranked), "'\(text)'")
        }
    }

    private func rankedPages() async throws {
        let owner = try await addGoldenTasks()
        for text in ["milk", "-milk", "and", "m"] {
            let whole = try await search(text, of: owner)
            for pageSize in 1...5 {
                let found = try await search(text, pageSize: pageSize, of: owner)
                expectEqual(found, whole, "'\(text)' in pages of \(pageSize)")
            }
        }
    }

    private func combinedSearches() async throws {
        let owner = try await addUser()
        try await add([
            .make(owner: owner, number: 1, title: "pay rent", priority: .urgent, tags: ["home"]),
            .make(owner: owner, number: 2, title: "pay taxes", tags: ["Home"], completedAt: .testStart),
            .make(owner: owner, number: 3, title: "pay back", description: "rent", tags: ["work"]),
            .make(owner: owner, number: 4, title: "pay", tags: ["home"], deletedAt: .testStart),
        ])
        let pay = SearchQuery("pay")
        let cases: [(TaskFilter, [Int64])] = [
            (TaskFilter(search: pay), [3, 2, 1]),
            (TaskFilter(search: pay, inTrash: true), [4]),
            (TaskFilter(search: pay, status: .pending), [3, 1]),
            (TaskFilter(search: pay, tagKeys: ["home"]), [2, 1]),
            (TaskFilter(search: pay, priorities: [.urgent], tagKeys: ["home", "work"], anyTag: true), [1]),
            (TaskFilter(search: SearchQuery("rent"), tagKeys: ["work"]), [3]),
            (TaskFilter(search: SearchQuery("-rent"), tagKeys: ["home"]), [2]),
            (TaskFilter(search: SearchQuery(""), tagKeys: ["home"]), []),
        ]
        for (filter, numbers) in cases {
            let found = try await list(filter, StoreConformance.ranked, pageSize: 1, of: owner)
            expectEqual(found.map(\.number), numbers, "\(filter)")
            expectEqual(try await count(filter, of: owner), numbers.count, "count of \(filter)")
            let byTitle = try await list(filter, TaskOrder(key: .title, isAscending: true), pageSize: 1, of: owner)
            expectEqual(Set(byTitle.map(\.number)), Set(numbers), "\(filter) by title")
        }
    }
}
