import CivilTime
import Foundation
import Recurrence
import TaskLanguage

/// `Tests/Fixtures/quick-add.txt`: lines as people type them, and what they mean on Wednesday, 14 January 2026 at
/// 10:30, weeks from Monday. With ERRAND_SNAPSHOTS=1 the tests write the file anew; the difference is then read.
struct GoldenFile {
    struct Entry {
        let context: LanguageContext
        let input: String
        let expected: String
    }

    static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/quick-add.txt")
    static let arrow = "  =>  "

    let lines: [String]
    let entries: [Entry]

    init() throws {
        let text = try String(contentsOf: GoldenFile.url, encoding: .utf8)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var context = GoldenFile.context(section: "")
        var entries: [Entry] = []
        for line in lines where !line.isEmpty {
            if line.hasPrefix("## ") {
                context = GoldenFile.context(section: line)
            } else if !line.hasPrefix("# ") {
                let parts = line.components(separatedBy: GoldenFile.arrow)
                entries.append(Entry(context: context, input: parts[0], expected: parts.count > 1 ? parts[1] : ""))
            }
        }
        self.entries = entries
    }

    private static func context(section: String) -> LanguageContext {
        LanguageContext(
            now: LocalDateTime("2026-01-14T10:30") ?? LocalDateTime(wallSeconds: 0),
            language: section.contains("German") ? .german : .english, dayComesFirst: !section.contains("month first")
        )
    }

    /// The file with what the parser says now.
    func rewritten() -> String {
        var results = entries.map {
            "\($0.input)\(GoldenFile.arrow)\(GoldenFile.say(QuickAdd.parse($0.input, in: $0.context)))"
        }[...]
        return lines.map { line in
            line.isEmpty || line.hasPrefix("# ") || line.hasPrefix("## ") ? line : results.popFirst() ?? line
        }.joined(separator: "\n")
    }

    /// Everything that was understood, on one line.
    static func say(_ parsed: ParsedTask) -> String {
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
        for reminder in parsed.reminders {
            switch reminder {
            case .before(let duration): parts.append("remind \(DurationWords.text(for: duration, in: .english)) before")
            case .onDay(let days, let time): parts.append("remind \(time), \(days) days before")
            case .at(let moment): parts.append("remind \(moment)")
            }
        }
        let spans = parsed.spans.map { "\($0.kind) \($0.range.lowerBound)-\($0.range.upperBound)" }
        if !spans.isEmpty { parts.append("[\(spans.joined(separator: ", "))]") }
        if !parsed.warnings.isEmpty { parts.append("! " + parsed.warnings.map(\.code).joined(separator: ",")) }
        return parts.joined(separator: " | ")
    }
}
