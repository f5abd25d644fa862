import Foundation
import TaskLanguage
import Testing

/// Lines by people who have not seen the parser: nearly all are read rightly, and none is stored wrong in silence.
@Suite struct PeopleTests {
    @Test func `every kind of thing that can be said is read as it should be`() throws {
        let entries = try PeopleFile("quick-add-kinds.txt").entries
        #expect(entries.count >= 190, "\(entries.count)")
        for entry in entries {
            let parsed = QuickAdd.parse(entry.line, in: entry.context)
            let reading = PeopleFile.Reading(parts: PeopleFile.said(parsed), needsWarning: !parsed.warnings.isEmpty)
            #expect(entry.readings.contains(reading), "\(entry.line)  =>  \(reading)")
        }
    }

    @Test(arguments: ["quick-add-people.txt", "quick-add-people-second.txt"])
    func `nearly all lines of people are read rightly, none wrongly without a warning`(file: String) throws {
        let entries = try PeopleFile(file).entries
        var wrong: [String] = []
        var silent: [String] = []
        for entry in entries {
            let parsed = QuickAdd.parse(entry.line, in: entry.context)
            let said = PeopleFile.said(parsed)
            let fits = entry.readings.filter { $0.parts == said }
            if fits.contains(where: { !$0.needsWarning || !parsed.warnings.isEmpty }) { continue }
            let warned = parsed.warnings.map(\.code).joined(separator: ",")
            wrong.append("\(entry.line)  =>  \(said.joined(separator: " | "))\(warned.isEmpty ? "" : " | ! \(warned)")")
            if parsed.warnings.isEmpty, fits.isEmpty { silent.append(entry.line) }
        }
        if ProcessInfo.processInfo.environment["ERRAND_SHOW_WRONG"] == "1" { print(wrong.joined(separator: "\n")) }
        let wild = entries.count(where: \.isWild)
        #expect(entries.count >= 300 && wild * 3 >= entries.count, "\(entries.count) lines, \(wild) wild ones")
        let right = entries.count - wrong.count
        #expect(right * 100 >= entries.count * 97, "\(right) of \(entries.count); wrong: \(wrong)")
        #expect(silent.isEmpty, "stored wrong without a word: \(silent)")
    }
}
