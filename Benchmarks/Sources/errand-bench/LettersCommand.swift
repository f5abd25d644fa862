import ArgumentParser
import ErrandCore
import Foundation

/// Searches and sorts tasks in scripts without spaces beside those in English: size and speed, on an empty database.
struct LettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letters", abstract: "Search in Chinese, Japanese, Thai and German."
    )

    @Option(help: "Tasks of the user.") var tasks = 100_000
    @Option(help: "Runs of each query.") var runs = 300
    @OptionGroup var database: BenchDatabase
    @Option(help: "Keep the SQLite file in this folder.") var folder: String?
    @Option(help: "The script: chinese, japanese, thai, german or english.") var script = "chinese"

    func run() async throws {
        guard let sample = ScriptTasks.all[script] else { throw ValidationError("There is no script \(script).") }
        try await database.withStore(folder: folder) { store in
            let bench = try await OperationsBench(store)
            let start = ContinuousClock.now
            try await bench.fill(tasks) { sample.task($0) }
            let rate = Int(Double(tasks) / ((ContinuousClock.now - start) / .seconds(1)))
            Table.heading(
                "\(database.name): \(tasks) tasks, \(script), \(rate)/s", ["query", "p50 ms", "p90", "p99", "max"])
            for (name, text) in sample.searches { try await bench.measure(name, .search(text), runs: runs) }
            var byTitle = TaskQuery()
            byTitle.sort = .title
            try await bench.measure("list by title", byTitle, runs: runs)
        }
    }
}

extension TaskQuery {
    fileprivate static func search(_ text: String) -> TaskQuery {
        var query = TaskQuery()
        query.search = text
        return query
    }
}

/// Tasks of three to five words out of some dozen, with a word in every thousandth that no other has.
private struct ScriptTasks {
    let words: [String]
    let rare: String
    let gap: String

    /// One letter, one word, two words that follow one another, a word that is rare, two that are apart.
    var searches: [(name: String, text: String)] {
        [
            ("one letter", String(words[0].unicodeScalars.prefix(1))), ("common word", words[1]),
            ("phrase", "\"\(words[0])\(gap)\(words[1])\""), ("rare word", rare),
            ("two words", "\(words[2]) \(words[5])"),
        ]
    }

    func task(_ index: Int) -> JSONValue {
        var seed = UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
        func pick() -> String {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return words[Int(seed >> 33) % words.count]
        }
        func text(_ count: Int) -> String { (0..<count).map { _ in pick() }.joined(separator: gap) }
        let title = text(4) + (index % 1000 == 0 ? gap + rare : "")
        return ["title": .string(title), "description": .string(text(12)), "tags": [.string(words[index % 4])]]
    }

    static let all: [String: ScriptTasks] = [
        "chinese": ScriptTasks(
            words: [
                "购买", "牛奶", "报告", "会议", "医生", "机票", "厨房", "预算", "信件", "演示", "自行车", "保险", "生日",
                "备份", "合同", "洗衣", "食谱", "博物馆", "税务", "电话", "花园", "准备", "检查", "计划", "发送",
            ], rare: "齐柏林", gap: ""),
        "japanese": ScriptTasks(
            words: [
                "買う", "牛乳を", "レポート", "会議の", "歯医者", "チケット", "台所を", "予算", "手紙を", "プレゼン", "自転車",
                "保険の", "誕生日", "バックアップ", "契約書", "洗濯", "レシピ", "博物館", "税金", "電話する", "庭の", "準備",
            ], rare: "飛行船", gap: ""),
        "thai": ScriptTasks(
            words: [
                "ซื้อ", "นม", "รายงาน", "ประชุม", "หมอ", "ตั๋ว", "ครัว", "งบประมาณ", "จดหมาย", "จักรยาน", "ประกัน",
                "วันเกิด", "สำรอง", "สัญญา", "ซักผ้า", "สูตร", "พิพิธภัณฑ์", "ภาษี", "โทรศัพท์", "สวน", "เตรียม", "ตรวจ",
            ], rare: "เรือเหาะ", gap: ""),
        "german": ScriptTasks(
            words: [
                "Käse", "für", "Bericht", "Gespräch", "Zahnärztin", "Küche", "Straße", "Brief", "Fahrrad", "Prüfung",
                "Geburtstag", "Verträge", "Wäsche", "Rezept", "Museum", "Steuererklärung", "anrufen", "Garten",
                "kaufen",
                "prüfen", "über", "planen",
            ], rare: "Zeppelin", gap: " "),
        "english": ScriptTasks(
            words: [
                "milk", "for", "report", "meeting", "dentist", "kitchen", "street", "letter", "bicycle", "exam",
                "birthday",
                "contracts", "laundry", "recipe", "museum", "tax", "call", "garden", "buy", "check", "about", "plan",
            ], rare: "zeppelin", gap: " "),
    ]
}
