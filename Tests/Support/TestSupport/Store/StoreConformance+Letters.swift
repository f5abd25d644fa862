import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let letterCases = [
        Self("searches find every script") { try await $0.searchesOfScripts() },
        Self("titles of every script come in order") { try await $0.orderOfScripts() },
        Self("long titles and long numbers come in order") { try await $0.longTitles() },
        Self("spellings of a tag are one tag") { try await $0.spellingsOfTags() },
        Self("a changed title is found by its new letters only") { try await $0.changedLetters() },
    ]
}

/// The texts that the searches below are about; the place in the list is the number, from 1.
private let scriptTasks: [(title: String, description: String, tags: [String])] = [
    ("Straße kehren", "", ["Großputz"]),
    ("GROẞE WÄSCHE", "", []),
    ("Œuvre de Zoë: café crème", "", []),
    ("Żółta łódź", "gęś", []),
    ("Rødgrød med fløde, æbler, Århus", "", []),
    ("Þórður á Ísafirði", "", []),
    ("İstanbul'da ISPANAK al", "ılık su", []),
    ("Mua cà phê ở Đà Nẵng", "Tiếng Việt", []),
    ("Ο Οδυσσέας και οι ΦΙΛΟΣ", "πόλεμος", []),
    ("Купить ёлку и чай", "", ["Новый год"]),
    ("Зустріч у Києві, їжа", "", []),
    ("اشترِ الحَلِيب من السوق", "أحمد", []),
    ("خرید کتاب می‌خواهم", "۱۲ عدد", []),
    ("לקנות חָלָב מחר", "שלום", []),
    ("दूध ख़रीदना है", "१५ अगस्त", []),
    ("ไปซื้อนมที่ตลาด", "ภาษาไทย", []),
    ("去超市买牛奶和鸡蛋", "北京大学", ["家务"]),
    ("東京タワーへ行く", "ラーメンを食べる", []),
    ("ﾃﾞﾊﾟｰﾄでプレゼント", "", []),
    ("우유 사러 대학교에서 가기", "", []),
    ("🎉🎈Party ☀️ 👍🏽", "👩‍💻 ❤", ["1️⃣"]),
    ("Ｆｕｌｌ Ｗｉｄｔｈ ﬁnal ①", "Kinder\u{AD}garten", []),
    ("ຊື້ນົມ", "ទិញទឹកដោះគោ", []),
    ("နို့ဝယ်ပါ", "", []),
    ("Milch", "", []),
]

/// What a person types, and the numbers that have to come back, in this order.
private let scriptSearches: [(text: String, numbers: [Int64])] = [
    // Latin: ß, capital ß, ligatures, letters with strokes.
    ("strasse", [1]), ("STRAẞE", [1]), ("straß", [1]), ("grosse wasche", [2]), ("große", [2]), ("groß", [2, 1]),
    ("grossputz", [1]), ("oeuvre", [3]), ("zoe cafe creme", [3]), ("CAFE\u{301}", [3]),
    ("zolta lodz", [4]), ("łódź", [4]), ("Lodz", [4]), ("ges", [4]),
    ("rodgrod", [5]), ("RØDGRØD", [5]), ("flode aebler arhus", [5]), ("æble", [5]), ("århus", [5]),
    ("thordur isafirdi", [6]), ("þórður", [6]),
    // All of I, ı, İ, i are one letter.
    ("istanbul", [7]), ("ISTANBUL", [7]), ("ıstanbul", [7]), ("İSTANBUL", [7]), ("ıspanak", [7]), ("ılık", [7]),
    ("ILIK", [7]), ("ilik", [7]),
    // Vietnamese.
    ("ca phe", [8]), ("cà phê", [8]), ("da nang", [8]), ("Đà Nẵng", [8]), ("tieng viet", [8]),
    // Greek, with the final sigma; Cyrillic, of whose letters й and ї are no и and і.
    ("οδυσσεας", [9]), ("ΟΔΥΣΣΈΑΣ", [9]), ("φίλος", [9]), ("φιλοσ", [9]), ("ΠΌΛΕΜΟΣ", [9]),
    ("елку", [10]), ("ЁЛКУ", [10]), ("чай", [10]), ("чаи\u{306}", [10]), ("чаи", []), ("НОВЫЙ", [10]),
    ("києві", [11]), ("їжа", [11]), ("і\u{308}жа", [11]), ("іжа", []),
    // Arabic, Persian, Hebrew: without vowels, from either keyboard, in any digits.
    ("الحليب", [12]), ("احمد", [12]), ("اشتر", [12]), ("كتاب", [13]), ("کتاب", [13]), ("میخواهم", [13]),
    ("ميخواهم", [13]), ("12", [13]), ("חלב", [14]), ("שָׁלוֹם", [14]), ("שלומ", [14]),
    // Devanagari: vowel signs count, dots do not.
    ("दूध", [15]), ("दधि", []), ("खरीदना", [15]), ("15", [15]),
    // From the middle of a run.
    ("ซื้อ", [16]), ("นม", [16]), ("ตลาด", [16]), ("ไทย", [16]), ("ษ", [16]), ("มน", []),
    ("牛奶", [17]), ("奶", [17]), ("超市", [17]), ("买牛奶", [17]), ("牛 蛋", [17]), ("奶牛", []), ("大学", [17]),
    ("京", [18, 17]), ("务", [17]), ("\"牛奶和\"", [17]), ("牛奶 -鸡蛋", []), ("牛奶 -豆腐", [17]),
    ("タワー", [18]), ("ﾀﾜｰ", [18]), ("らーめん", [18]), ("ラーメン", [18]), ("行く", [18]), ("京タ", [18]),
    ("東京", [18]), ("デパート", [19]), ("テパート", []), ("ﾌﾟﾚｾﾞﾝﾄ", [19]), ("プレゼント", [19]),
    ("우유", [20]), ("학교", [20]), ("대학교", [20]), ("가기", [20]), ("\u{1112}\u{1161}\u{11A8}교", [20]),
    ("ນົມ", [23]), ("ទឹក", [23]), ("ဝယ်", [24]),
    // Emoji, with and without what only changes their look, and next to letters.
    ("🎈", [21]), ("🎉", [21]), ("party", [21]), ("☀", [21]), ("☀️", [21]), ("👍", [21]), ("👍🏿", [21]), ("👩‍💻", [21]),
    ("💻", [21]), ("❤️", [21]), ("1", [22, 21, 15, 13]), ("🎉 -☀", []),
    // Width, ligatures, soft hyphens.
    ("full width", [22]), ("final", [22]), ("ｆｉｎａｌ", [22]), ("kindergarten", [22]), ("Ｍｉｌｃｈ", [25]),
]

/// Titles in the order in which a list has them. Those of a group are equal but for accents or case.
private let scriptOrder: [String] = [
    "… später", "\"Zitat\"", "(Klammer)", "#1 Punkt", "→ Pfeil", "☀ Sonne", "🎉 Fest", "$5 zahlen", "€5 zahlen",
    "7 Zwerge", "٨ ثمانية", "09 null", "10 Gebote", "९९ निन्यानवे", "100 Tage",
    "abc", "Aero", "Ærø", "Aes", "co-op", "coop",
    "cote", "Cote", "coté", "côte", "Côte", "côté", "da", "đa", "db",
    "İki", "Iks", "ılık", "Kapitel", "Kapitel 1.9", "Kapitel 1.10", "kapitel 2", "Kapitel 2", "Kapitel 02",
    "Kapitel 10", "Kapitel 99999999999999999999", "Kapitel 100000000000000000000",
    "Lodz", "Łódź", "Lodzie", "Ofen", "öl", "Öl", "Olive", "oro", "ørret", "Straßburg", "strasse", "Strasse", "Straße",
    "Strassen", "Tieng", "Tiêng", "Tiếng", "ząb", "Zaun", "Zoo", "Þór",
    "άλφα", "αλφάβητο", "Βήτα", "ΟΔΟΣ", "ὁδός", "Ωμέγα",
    "гора", "ґанок", "дім", "ежевика", "ёлка", "ель", "ибо", "іграшка", "їжа", "йод", "кот", "Щука", "Яблоко",
    "אבא", "בית", "שלום", "أحمد", "بيت", "پدر", "تفاح", "مرحبا",
    "अनार", "आम", "कमल", "खरगोश", "กา", "เกม", "ไก่", "ขาว", "แมว",
    "가방", "나무", "하늘", "あめ", "アメ", "いぬ", "かす", "カズ", "ガス", "ねこ", "一", "上海", "中国", "日本",
]

extension StoreConformance {
    private func searchesOfScripts() async throws {
        let (owner, other) = (try await addUser(), try await addUser())
        for user in [other, owner] {
            try await add(
                scriptTasks.enumerated().map { index, task in
                    .make(
                        owner: user, number: Int64(index + 1), title: task.title, description: task.description,
                        tags: task.tags, createdAt: .testStart + .seconds(index)
                    )
                }
            )
        }
        let ranked = TaskOrder(key: .relevance, isAscending: false)
        for (text, numbers) in scriptSearches {
            let filter = TaskFilter(search: SearchQuery(text))
            expectEqual(try await list(filter, ranked, of: owner).map(\.number), numbers, "'\(text)'")
            expectEqual(try await count(filter, of: owner), numbers.count, "count of '\(text)'")
            let byAge = try await list(filter, pageSize: 1, of: owner).map(\.number)
            expectEqual(byAge, numbers.sorted(), "'\(text)' by age")
        }
        // Every task is found by its own title, whole and in quotation marks, and comes first.
        for (index, task) in scriptTasks.enumerated() {
            for text in [task.title, "\"\(task.title)\""] {
                let found = try await list(TaskFilter(search: SearchQuery(text)), ranked, of: owner)
                expectEqual(found.first?.number, Int64(index + 1), "\(text)")
            }
        }
    }

    private func orderOfScripts() async throws {
        let owner = try await addUser()
        let shuffled = scriptOrder.enumerated().sorted { ($0.offset * 61 % 131, 0) < ($1.offset * 61 % 131, 0) }
        try await add(
            shuffled.enumerated().map { index, item in
                .make(
                    id: .make(at: .testStart + .seconds(index)), owner: owner, number: Int64(index + 1),
                    title: item.element
                )
            }
        )
        for pageSize in [1, 7, 200] {
            let up = try await list(
                TaskFilter(), TaskOrder(key: .title, isAscending: true), pageSize: pageSize, of: owner)
            expectEqual(up.map(\.title), scriptOrder, "ascending in pages of \(pageSize)")
            let down = try await list(
                TaskFilter(), TaskOrder(key: .title, isAscending: false), pageSize: pageSize, of: owner)
            expectEqual(down.map(\.title), scriptOrder.reversed(), "descending in pages of \(pageSize)")
        }
    }

    /// The last of 500 characters decides, whatever the script.
    private func longTitles() async throws {
        let owner = try await addUser()
        var number: Int64 = 0
        for letter in ["x", "é", "щ", "ω", "ह", "ก", "漢", "한", "カ", "🎉", "7", "“", "𠀀"] {
            let start = String(repeating: letter, count: 499)
            let titles = [start, start + "a", start + "b", start + "z"]
            try await add(
                titles.reversed().map { title in
                    number += 1
                    return .make(owner: owner, number: number, title: title)
                }
            )
            let found = try await list(TaskFilter(), TaskOrder(key: .title, isAscending: true), pageSize: 3, of: owner)
            expectEqual(found.map(\.title).filter { $0.hasPrefix(start) }, titles, "titles of \(letter)")
        }
    }

    private func spellingsOfTags() async throws {
        let owner = try await addUser()
        let groups = [
            ["Straße", "STRASSE", "STRAẞE"], ["café", "CAFE\u{301}"], ["cafe", "Cafe", "ＣＡＦＥ"],
            ["☀️", "☀"], ["ΟΔΟΣ", "οδος", "οδοσ"], ["İzmir", "IZMIR", "izmir", "ızmir"], ["ｶﾞｽ", "ガス"],
            ["👍"], ["👍🏽"],
        ]
        var number: Int64 = 0
        for name in groups.joined() {
            number += 1
            try await add([.make(owner: owner, number: number, tags: [name])])
        }
        let counts = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tags.counts(in: owner.personalSpace).map { [$0.tag.key, String($0.count)] }
        }
        expectEqual(
            Set(counts), Set(groups.map { [Tag(name: $0[0]).key, String($0.count)] }), "one count for each tag")
        for group in groups {
            for name in group {
                let filter = TaskFilter(tagKeys: [Tag(name: name).key])
                expectEqual(try await count(filter, of: owner), group.count, "\(name)")
            }
        }
    }

    private func changedLetters() async throws {
        let owner = try await addUser()
        var stored = TodoTask.make(owner: owner, title: "Milch kaufen", tags: ["Laden"])
        try await add([stored])
        func found(_ text: String) async throws -> Bool {
            try await count(TaskFilter(search: SearchQuery(text)), of: owner) == 1
        }
        let titles = ["買牛奶", "Käse", "Kaese", "ชีส", "チーズ"]
        let parts = ["牛奶", "kas", "kaes", "ีส", "ーズ"]
        for (index, title) in titles.enumerated() {
            var task = stored
            task.title = title
            task.tags = [Tag(name: parts[index] + "x")]
            task.description = index % 2 == 0 ? "ö" : "o"
            let (changed, before) = (task, stored)
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.tasks.update(changed, replacing: before)
            }
            stored = task
            for (other, part) in parts.enumerated() {
                expectEqual(try await found(part), other == index, "'\(part)' in \(title)")
            }
            expect(try await found("O"), "the description")
        }
        let last = stored
        try await store.write { (transaction) throws(ErrandError) in
            var task = last
            task.deletedAt = .testStart
            try transaction.tasks.update(task, replacing: last)
            _ = try transaction.tasks.purgeTrash(before: .testStart + .seconds(1), limit: 9)
            try transaction.tasks.insert(.make(owner: owner, number: 1, title: "Milch"))
        }
        expect(try await found("milch"), "a task in the row of one that is gone")
        expect(try await found("ーズ") == false, "whose letters are gone")
    }
}
