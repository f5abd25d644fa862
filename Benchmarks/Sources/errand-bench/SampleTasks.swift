import ErrandCore

/// Tasks that look like people's, the same in every run.
struct SampleTasks {
    private static let verbs = ["Call", "Write", "Pay", "Buy", "Clean", "Review", "Plan", "Book", "Fix", "Send"]
    private static let things = [
        "report", "invoice", "milk", "garden", "meeting", "dentist", "flight", "kitchen", "budget", "letter",
        "presentation", "bicycle", "insurance", "birthday", "backup", "contract", "laundry", "recipe", "museum", "tax",
    ]
    private static let people = ["Ana", "Ben", "Chloé", "Dmitri", "Emi", "Farid", "Greta", "Hugo"]
    private static let priorities = ["low", "medium", "high", "urgent"]

    private var state: UInt64

    /// - Parameter seed: for others than those of another seed.
    init(seed: Int = 0) { state = 42 &+ UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    /// Number `index` of the tasks, as the body of a create.
    ///
    /// - Parameter ending: added to the title.
    mutating func task(_ index: Int, titled ending: String = "") -> JSONValue {
        var tags: [JSONValue] = [.string(["home", "work", "errand", "someday"][pick(4)])]
        if index % 1000 == 0 { tags.append("rare") }
        var fields: JSONObject = [
            "title": .string(ending.isEmpty ? title(index) : "\(title(index)) \(ending)"),
            "description": .string("About \(SampleTasks.things[pick(20)]) and \(SampleTasks.things[pick(20)])."),
            "priority": .string(SampleTasks.priorities[pick(4)]),
            "tags": .array(tags),
            "completed": .bool(pick(10) < 4),
        ]
        if pick(3) > 0 {
            let (month, day) = (pick(12) + 1, pick(28) + 1)
            fields["due_date"] = .string("2026-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)")
        }
        return .object(fields)
    }

    private mutating func title(_ index: Int) -> String {
        let title =
            "\(SampleTasks.verbs[pick(10)]) the \(SampleTasks.things[pick(20)]) for \(SampleTasks.people[pick(8)])"
        return index % 1000 == 0 ? "\(title) zeppelin" : title
    }

    /// 0 up to, not including, `count` (a linear congruential generator).
    private mutating func pick(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
    }
}
