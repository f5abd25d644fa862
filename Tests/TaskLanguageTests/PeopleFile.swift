import CivilTime
import Foundation
import Recurrence
import TaskLanguage

/// Lines as people type and dictate them, and what is right: `quick-add-kinds.txt` has one for each kind of thing that
/// can be said, `quick-add-people.txt` was written without a look at the parser, both in `Tests/Fixtures`. A section
/// says who says it, where and when; `  ||  ` parts readings that are equally right; `| !` asks for a warning.
struct PeopleFile {
    struct Entry {
        let context: LanguageContext
        let line: String
        /// Whether it stands under a heading that begins with "wild".
        let isWild: Bool
        let readings: [Reading]
    }

    /// What one reading says, each part in one canonical text.
    struct Reading: Equatable {
        var parts: [String]
        var needsWarning: Bool
    }

    let entries: [Entry]

    init(_ name: String) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)")
        let text = try String(contentsOf: url, encoding: .utf8)
        var context = LanguageContext(now: LocalDateTime(wallSeconds: 0))
        var isWild = false
        var entries: [Entry] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("## ") {
                context = try PeopleFile.context(line)
            } else if line.hasPrefix("# ") {
                isWild = line.hasPrefix("# wild")
            } else {
                let halves = line.components(separatedBy: "  =>  ")
                guard halves.count == 2 else { throw Malformed(line: line) }
                let readings = halves[1].components(separatedBy: "  ||  ").map { PeopleFile.reading($0) }
                entries.append(Entry(context: context, line: halves[0], isWild: isWild, readings: readings))
            }
        }
        self.entries = entries
    }

    struct Malformed: Error {
        let line: String
    }

    /// `## English, day first, Europe/Berlin, Friday 2026-11-27 11:00`
    private static func context(_ heading: String) throws -> LanguageContext {
        let parts = heading.dropFirst(3).components(separatedBy: ", ")
        guard parts.count == 4, let zone = Zone(identifier: parts[2]),
            let now = LocalDateTime(parts[3].split(separator: " ").dropFirst().joined(separator: "T"))
        else { throw Malformed(line: heading) }
        return LanguageContext(
            now: now, zone: zone, language: parts[0] == "German" ? .german : .english,
            dayComesFirst: parts[1] == "day first"
        )
    }

    private static func reading(_ text: String) -> Reading {
        var parts = text.components(separatedBy: " | ").map { $0.trimmingCharacters(in: .whitespaces) }
        let needsWarning = parts.last == "!"
        if needsWarning { parts.removeLast() }
        return Reading(parts: parts.map(canonical), needsWarning: needsWarning)
    }

    /// Rules by their meaning, not by the order of their parts.
    private static func canonical(_ part: String) -> String {
        guard part.hasPrefix("FREQ=") else { return part }
        let completion = " from completion"
        let isCompletion = part.hasSuffix(completion)
        let text = isCompletion ? String(part.dropLast(completion.count)) : part
        guard let rule = try? RecurrenceRule(text) else { return part }
        return "\(rule)" + (isCompletion ? completion : "")
    }

    static func said(_ parsed: ParsedTask) -> [String] {
        var parts = ["'\(parsed.title)'"]
        if let due = parsed.due {
            let time = due.time.map { " \($0)" } ?? ""
            parts.append("due \(due.date)\(time)\(due.zone.map { " \($0.identifier)" } ?? "")")
        }
        if let recurrence = parsed.recurrence {
            parts.append("\(recurrence.rule)\(recurrence.anchor == .completion ? " from completion" : "")")
        }
        if let priority = parsed.priority { parts.append("\(priority)") }
        if !parsed.tags.isEmpty { parts.append("tags " + parsed.tags.joined(separator: ",")) }
        return parts + parsed.reminders.map { said($0) }
    }

    private static func said(_ reminder: ParsedReminder) -> String {
        switch reminder {
        case .before(let span): "remind \(span) before"
        case .at(let moment): "remind \(moment)"
        case .onDay(0, let time): "remind \(time) on the day"
        case .onDay(let days, let time): "remind \(time) \(days) day\(days == 1 ? "" : "s") before"
        }
    }
}
