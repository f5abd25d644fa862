import CivilTime
import Foundation
import Recurrence
import TaskLanguage
import TestSupport
import Testing

@Suite struct QuickAddTests {
    @Test func `every line of the golden file means what it says`() throws {
        let golden = try GoldenFile()
        if ProcessInfo.processInfo.environment["ERRAND_SNAPSHOTS"] == "1" {
            try golden.rewritten().write(to: GoldenFile.url, atomically: true, encoding: .utf8)
            return
        }
        #expect(golden.entries.count >= 300)
        for entry in golden.entries {
            #expect(GoldenFile.say(QuickAdd.parse(entry.input, in: entry.context)) == entry.expected, "\(entry.input)")
        }
    }

    @Test func `spans are pieces of the line, in order, apart`() throws {
        for entry in try GoldenFile().entries {
            check(QuickAdd.parse(entry.input, in: entry.context), of: entry.input)
        }
    }

    private func check(_ parsed: ParsedTask, of line: String) {
        let units = Array(line.utf16)
        var end = 0
        for span in parsed.spans {
            #expect(span.range.lowerBound >= end && span.range.upperBound <= units.count, "\(line)")
            guard span.range.upperBound <= units.count else { return }
            #expect(String(decoding: units[span.range], as: UTF16.self) == span.text, "\(line)")
            end = span.range.upperBound
        }
    }

    @Test func `no line is too odd to be read`() async throws {
        let entries = try GoldenFile().entries
        var generator = SeededGenerator(seed: 42)
        let odd: [Unicode.Scalar] = Array("\u{0}\u{301}\u{200D}🧾👩‍👩‍👧中あß٣#@!\"'\\/.:-+*()1234567890 ".unicodeScalars)
        for number in 0..<20_000 {
            // The tests beside this one share its threads.
            if number % 20 == 0 { await Task.yield() }
            guard let entry = entries.randomElement(using: &generator) else { return }
            var scalars = Array(entry.input.unicodeScalars)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0...scalars.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: scalars.insert(odd.randomElement(using: &generator) ?? "x", at: place)
                case 1: if place < scalars.count { scalars.remove(at: place) }
                default: if place < scalars.count { scalars[place] = scalars.randomElement(using: &generator) ?? "x" }
                }
            }
            let line = String(String.UnicodeScalarView(scalars))
            check(QuickAdd.parse(line, in: entry.context), of: line)
        }
        for line in ["", " ", String(repeating: "every ", count: 2_000), String(repeating: "\"#a ", count: 5_000)] {
            check(QuickAdd.parse(line, in: entries[0].context), of: line)
        }
    }
}

@Suite struct WordsTests {
    private let context = LanguageContext(now: LocalDateTime("2026-01-14T10:30") ?? LocalDateTime(wallSeconds: 0))

    @Test(arguments: Language.allCases)
    func `what a rule is called is read back as the same rule`(language: Language) throws {
        var context = context
        context.language = language
        var generator = SeededGenerator(seed: 7)
        var said = 0
        for rule in Self.rules(&generator) {
            for anchor in [ParsedRecurrence.Anchor.schedule, .completion] {
                let recurrence = ParsedRecurrence(rule: rule, anchor: anchor)
                guard let text = RecurrenceWords.text(for: recurrence, time: nil, in: language) else { continue }
                said += 1
                let parsed = RecurrenceWords.parse(text, in: context)
                #expect(parsed?.recurrence == recurrence, "\(text)")
            }
        }
        #expect(said > 400, "\(said)")
    }

    private static func rules(_ generator: inout SeededGenerator) -> [RecurrenceRule] {
        var rules: [RecurrenceRule] = []
        for _ in 0..<600 {
            func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
            let frequency = RecurrenceRule.Frequency.allCases[number(0...4)]
            var rule = RecurrenceRule(frequency, interval: number(0...1) == 0 ? 1 : number(2...12))
            switch (frequency, number(0...3)) {
            case (.weekly, 1...): rule.days = (0...number(0...4)).map { _ in .init(Weekday.allCases[number(0...6)]) }
            case (.monthly, 0): rule.monthDays = (0...number(0...2)).map { _ in number(1...28) }
            case (.monthly, 1): (rule.monthDays, rule.positions) = (Array(28...number(29...31)), [-1])
            case (.monthly, 2):
                rule.days = [.init(Weekday.allCases[number(0...6)], ordinal: [1, 2, 3, 4, 5, -1][number(0...5)])]
            case (.monthly, 3):
                (rule.days, rule.positions) = (
                    (0..<5).map { .init(Weekday.allCases[$0]) }, [[1, 3, -1][number(0...2)]]
                )
            case (.yearly, 1): (rule.months, rule.monthDays) = ([number(1...12)], [number(1...28)])
            case (.yearly, 2):
                rule.months = [number(1...12)]
                rule.days = [.init(Weekday.allCases[number(0...6)], ordinal: number(1...4))]
            default: break
            }
            switch number(0...4) {
            case 0: rule.end = .count(number(2...50))
            case 1: rule.end = LocalDate(year: 2030, month: number(1...12), day: 9).map { .until(.date($0)) } ?? .never
            default: break
            }
            if let valid = try? rule.validated() { rules.append(valid) }
        }
        return rules
    }

    @Test(arguments: [
        ("30m", 0, 1800), ("1 hour", 0, 3600), ("2h 30m", 0, 9000), ("1.5 hours", 0, 5400), ("half an hour", 0, 1800),
        ("1 day", 1, 0), ("2 weeks", 14, 0), ("an hour and 15 minutes", 0, 4500), ("90 minutes", 0, 5400),
        ("24 hours", 0, 86_400), ("1 day 2 hours", 1, 7200), ("1.5 days", 1, 43_200), ("half a day", 0, 43_200),
    ])
    func `durations in words`(text: String, days: Int, seconds: Int) {
        let span = CalendarSpan(days: days, seconds: seconds)
        #expect(DurationWords.parse(text, in: context) == span)
        #expect(DurationWords.parse(DurationWords.text(for: span, in: .english), in: context) == span)
    }

    @Test(arguments: ["", "soon", "1 fortnight ago", "3", "hour", "1 month"])
    func `what is no duration is none`(text: String) {
        #expect(DurationWords.parse(text, in: context) == nil)
    }

    @Test(arguments: [
        ("next friday at 5pm", "2026-01-23", "17:00"), ("tomorrow", "2026-01-15", ""), ("31/1", "2026-01-31", ""),
        ("at noon on friday", "2026-01-16", "12:00"), ("end of month", "2026-01-31", ""),
    ])
    func `dates in words`(text: String, date: String, time: String) throws {
        let due = try #require(DateWords.parse(text, in: context))
        #expect(due.date.description == date && (due.time?.description ?? "") == time)
    }

    @Test(arguments: ["", "friday or so", "buy milk", "30 feb", "someday"])
    func `what is no date is none`(text: String) {
        #expect(DateWords.parse(text, in: context) == nil)
    }
}
