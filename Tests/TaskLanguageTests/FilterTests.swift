import CivilTime
import TaskLanguage
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
        ("", 0, "condition"), ("#work &", 7, "condition"), ("(#work", 6, "closing bracket"), ("#work) & p1", 5, "end"),
        ("nonsense", 0, "condition"), ("p1 & due before: someday", 5, "due before"), ("p1 & p9", 5, "condition"),
        ("search:", 0, "search"), ("#", 0, "condition"),
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
