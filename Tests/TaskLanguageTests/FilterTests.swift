import CivilTime
import TaskLanguage
import TestSupport
import Testing

@Suite struct FilterTests {
    private let context = LanguageContext(now: LocalDateTime("2026-01-14T10:30") ?? LocalDateTime(wallSeconds: 0))

    @Test func `and binds closer than or, and brackets closest`() throws {
        let text = "(#work | #home) & p1 & due before: friday & !recurring & search: rent | overdue"
        let friday = LocalDate(year: 2026, month: 1, day: 16)
        #expect(
            try FilterExpression(text, in: context)
                == .any([
                    .all([
                        .any([.tag("work"), .tag("home")]), .priority(.urgent), .due(from: nil, to: friday),
                        .not(.recurring), .search("rent"),
                    ]), .overdue,
                ])
        )
    }

    @Test(arguments: [
        ("#garden #spring", "#garden & #spring"), ("#garden p3", "#garden & p3"), ("#garden today", "#garden & today"),
        ("p1 overdue", "p1 & overdue"), ("(#a | #b) p1", "(#a | #b) & p1"), ("p1 (#a | #b)", "p1 & (#a | #b)"),
        ("#a !#b", "#a & !#b"), ("!#a #b", "!#a & #b"), ("#a | #b p1", "#a | (#b & p1)"),
        ("due before: next friday #home", "due before: next friday & #home"), ("7 days #a", "7 days & #a"),
        ("no date p1", "no date & p1"), ("due: none @errands", "no date & @errands"),
        ("search: rent #home", "search: rent & #home"), ("#\"two words\" p1", "#\"two words\" & p1"),
        ("overdue no tags recurring", "overdue & no tags & recurring"),
        ("due before: friday 8 days", "due before: friday & 8 days"),
    ])
    func `conditions beside each other must all be met`(text: String, same: String) throws {
        #expect(try FilterExpression(text, in: context) == FilterExpression(same, in: context))
    }

    @Test func `space between conditions is the same as an and`() throws {
        var generator = SeededGenerator(seed: 12)
        let conditions = [
            "#home", "p1", "today", "overdue", "!recurring", "due: none", "due before: 31/12", "no tags", "@errands",
            "(p2 | p3)", "next 7 days", "created after: jan 1", "done", "due: week", "#\"two words\"", "search: rent",
        ]
        for _ in 0..<500 {
            let chosen = (0...Int.random(in: 1...5, using: &generator)).compactMap { _ in
                conditions.randomElement(using: &generator)
            }
            // A search goes on to the next operator or tag.
            if let search = chosen.firstIndex(of: "search: rent"), search < chosen.count - 1 { continue }
            let spaced = try FilterExpression(chosen.joined(separator: " "), in: context)
            #expect(try FilterExpression(chosen.joined(separator: " & "), in: context) == spaced, "\(chosen)")
        }
    }

    @Test(arguments: [
        ("due: none", FilterExpression.noDue), ("due: overdue", .overdue),
        ("due: today", .due(from: LocalDate("2026-01-14"), to: LocalDate("2026-01-15"))),
        ("due: week", .due(from: LocalDate("2026-01-12"), to: LocalDate("2026-01-19"))), ("#a:b", .tag("a:b")),
    ])
    func `the words of the parameter of lists are understood`(text: String, expected: FilterExpression) throws {
        #expect(try FilterExpression(text, in: context) == expected)
    }

    @Test(arguments: [
        ("", 0, "condition"), ("#work &", 7, "condition"), ("(#work", 6, "closing bracket"), ("#work) & p1", 5, "end"),
        ("nonsense", 0, "condition"), ("p1 & due before: someday", 5, "due before"), ("p1 & p9", 5, "condition"),
        ("search:", 0, "search"), ("#", 0, "condition"), ("#two words", 5, "condition"),
        ("today or never", 6, "condition"),
        ("#a #b nonsense", 6, "condition"), ("#\"two words", 0, "condition"),
        ("due before: friday 5pm", 19, "condition"), ("due before: friday at 5pm", 19, "condition"),
        ("today & due after: 17:00", 8, "a day"), ("tomorrow evening", 9, "condition"),
    ])
    func `an error says where, and what was expected`(text: String, offset: Int, expected: String) {
        #expect {
            try FilterExpression(text, in: context)
        } throws: { error in
            guard let error = error as? FilterSyntaxError else { return false }
            return error.offset == offset && error.expected.contains(expected)
        }
    }

    @Test(arguments: [
        "today", "tomorrow", "7 days", "next 7 days", "no date", "no tags", "done", "open", "created after: jan 1",
        "priority: high", "@errands", "tag: home", "#\"two words\"", "search: \"a & b\"", "due: 31/12", "has reminders",
    ])
    func `conditions are understood`(text: String) throws {
        _ = try FilterExpression(text, in: context)
    }

    @Test func `depth and number of conditions are limited`() {
        let deep = String(repeating: "(", count: 5_000) + "p1" + String(repeating: ")", count: 5_000)
        #expect(throws: FilterSyntaxError.self) { try FilterExpression(deep, in: context) }
        let long = Array(repeating: "p1", count: 51).joined(separator: "|")
        #expect(throws: FilterSyntaxError.self) { try FilterExpression(long, in: context) }
        let negated = String(repeating: "!", count: 5_000) + "p1"
        #expect(throws: FilterSyntaxError.self) { try FilterExpression(negated, in: context) }
    }
}
