import CivilTime
import Recurrence
import TaskLanguage
import TestSupport
import Testing

/// Lines put together from pieces of the grammar in random order, with names around them: each is read whole, or
/// something is said about what was left.
@Suite struct CompositionTests {
    private struct Piece {
        enum Kind: CaseIterable {
            case date, time, rule, reminder, priority, tag
        }

        let kind: Kind
        let text: String
        /// What the piece alone says, in the words of the golden file; nil where that depends on the others.
        var value: String?
    }

    private static let english: [Piece] = [
        .init(kind: .date, text: "tomorrow", value: "2026-11-28"),
        .init(kind: .date, text: "next tuesday", value: "2026-12-01"),
        .init(kind: .date, text: "on 5 dec", value: "2026-12-05"),
        .init(kind: .date, text: "jan 3 2027", value: "2027-01-03"),
        .init(kind: .date, text: "end of june", value: "2027-06-30"),
        .init(kind: .date, text: "in 3 weeks", value: "2026-12-18"),
        .init(kind: .date, text: "a week from sunday", value: "2026-12-06"),
        .init(kind: .date, text: "2027-02-01", value: "2027-02-01"),
        .init(kind: .date, text: "last day of april", value: "2027-04-30"),
        .init(kind: .date, text: "by friday", value: "2026-12-04"),
        .init(kind: .time, text: "at 9am", value: "09:00"), .init(kind: .time, text: "14:30", value: "14:30"),
        .init(kind: .time, text: "at noon", value: "12:00"),
        .init(kind: .time, text: "quarter to eight pm", value: "19:45"),
        .init(kind: .time, text: "at 7:15pm", value: "19:15"), .init(kind: .time, text: "half past 10", value: "10:30"),
        .init(kind: .rule, text: "every day", value: "FREQ=DAILY"),
        .init(kind: .rule, text: "every tue and thu", value: "FREQ=WEEKLY;BYDAY=TU,TH"),
        .init(kind: .rule, text: "every mon-wed", value: "FREQ=WEEKLY;BYDAY=MO,TU,WE"),
        .init(kind: .rule, text: "2nd saturday of every month", value: "FREQ=MONTHLY;BYDAY=2SA"),
        .init(kind: .rule, text: "every other monday", value: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        .init(kind: .rule, text: "every day except sunday", value: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"),
        .init(kind: .rule, text: "every march and september on the 4th", value: "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=4"),
        .init(kind: .reminder, text: "remind me 2 hours before"),
        .init(kind: .reminder, text: "remind me the day before at 6pm"),
        .init(kind: .priority, text: "p1", value: "urgent"), .init(kind: .priority, text: "!low", value: "low"),
        .init(kind: .priority, text: "high priority", value: "high"),
        .init(kind: .tag, text: "#home", value: "home"), .init(kind: .tag, text: "@office", value: "office"),
    ]

    private static let german: [Piece] = [
        .init(kind: .date, text: "morgen", value: "2026-11-28"),
        .init(kind: .date, text: "am 5. Dezember", value: "2026-12-05"),
        .init(kind: .date, text: "Ende Mai", value: "2027-05-31"),
        .init(kind: .date, text: "in 2 Wochen", value: "2026-12-11"),
        .init(kind: .time, text: "um 18 Uhr", value: "18:00"), .init(kind: .time, text: "14:30", value: "14:30"),
        .init(kind: .time, text: "halb neun", value: "08:30"), .init(kind: .time, text: "um 9", value: "09:00"),
        .init(kind: .rule, text: "jeden Tag", value: "FREQ=DAILY"),
        .init(kind: .rule, text: "jeden zweiten Mittwoch", value: "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        .init(kind: .rule, text: "jeden Dienstag und Donnerstag", value: "FREQ=WEEKLY;BYDAY=TU,TH"),
        .init(kind: .reminder, text: "2 Stunden vorher erinnern"),
        .init(kind: .reminder, text: "erinnere mich 1 Tag vorher"),
        .init(kind: .priority, text: "p1", value: "urgent"), .init(kind: .priority, text: "!hoch", value: "high"),
        .init(kind: .tag, text: "#zuhause", value: "zuhause"),
    ]

    private static let names = [
        Language.english: ["call", "Anna", "paint the fence", "report", "dentist", "buy oat milk", "Ben's bike"],
        .german: ["anrufen", "Anna", "Zaun streichen", "Bericht", "Zahnarzt", "Hafermilch kaufen"],
    ]

    @Test(arguments: Language.allCases)
    func `a line of pieces in any order is read whole or warned about`(language: Language) throws {
        var generator = SeededGenerator(seed: 2026)
        let now = try #require(LocalDateTime("2026-11-27T07:00"))
        let context = LanguageContext(now: now, language: language)
        let pieces = language == .english ? Self.english : Self.german
        var whole = 0
        let count = 8000
        for _ in 0..<count {
            let chosen = Piece.Kind.allCases.compactMap { kind -> Piece? in
                guard Int.random(in: 0..<10, using: &generator) < 6 else { return nil }
                return pieces.filter { $0.kind == kind }.randomElement(using: &generator)
            }
            let named = (0...Int.random(in: 0...1, using: &generator)).compactMap { _ in
                Self.names[language]?.randomElement(using: &generator)
            }
            let parts = (chosen.map { (text: $0.text, isName: false) } + named.map { (text: $0, isName: true) })
                .shuffled(using: &generator)
            // A time right behind "1 day before" is the reminder's.
            if zip(parts, parts.dropFirst()).contains(where: { Self.takesTime($0.text) && Self.isTime($1.text, pieces) }
            ) {
                continue
            }
            let line = parts.map(\.text).joined(separator: " ")
            let parsed = QuickAdd.parse(line, in: context)
            guard parsed.warnings.isEmpty else { continue }
            whole += 1
            let title = parts.filter(\.isName).map(\.text).joined(separator: " ")
            #expect(parsed.title == title, "\(line)")
            check(parsed, chosen, line)
        }
        #expect(whole > count * 8 / 10, "\(whole) of \(count) without a warning")
    }

    private static func takesTime(_ text: String) -> Bool { text.hasSuffix("Tag vorher") }

    private static func isTime(_ text: String, _ pieces: [Piece]) -> Bool {
        pieces.contains { $0.kind == .time && $0.text == text }
    }

    private func check(_ parsed: ParsedTask, _ chosen: [Piece], _ line: String) {
        func said(_ kind: Piece.Kind) -> String? { chosen.first { $0.kind == kind }?.value }
        #expect(parsed.recurrence.map { "\($0.rule)" } == said(.rule), "\(line)")
        #expect(parsed.priority?.rawValue == said(.priority), "\(line)")
        #expect(parsed.tags == [said(.tag)].compactMap { $0 }, "\(line)")
        if let time = said(.time) { #expect(parsed.due?.time?.description == time, "\(line)") }
        if let date = said(.date), said(.rule) == nil { #expect(parsed.due?.date.description == date, "\(line)") }
        let remindsOfSomething = chosen.contains { $0.kind == .reminder } && parsed.due != nil
        #expect(parsed.reminders.isEmpty != remindsOfSomething, "\(line)")
    }
}
