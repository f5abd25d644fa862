import CivilTime
import Recurrence

/// Reads the to-dos and events of iCalendar files (RFC 5545).
struct ICalendarReader: TaskFileReader {
    private var scanner: CalendarScanner
    /// Occurrences that a component of their own stands for, by UID: the series leaves them out.
    private var replaced: [String: [ContentLine]] = [:]
    /// Hashes of their UIDs: there may be many.
    private var seen: Set<Int> = []

    /// - Throws: where the file does not begin as a calendar.
    init(_ text: TextFile) throws(TaskFileError) {
        scanner = CalendarScanner(text)
        var lines = ContentLineScanner(text)
        guard let first = try lines.next() else { throw TaskFileError(line: 1, "There is nothing in the file.") }
        guard String(text: first.text.trimmed).lowered == "begin:vcalendar" else {
            throw TaskFileError(line: first.line, column: 1, "A calendar begins with BEGIN:VCALENDAR.")
        }
        try findReplaced(text)
    }

    /// Occurrences with components of their own that one file may have: they are all held.
    private static let replacedMax = 50_000

    /// Goes through the file once, up to where it is broken, for components with RECURRENCE-ID.
    private mutating func findReplaced(_ text: TextFile) throws(TaskFileError) {
        var scanner = CalendarScanner(text)
        var count = 0
        while let component = try? scanner.next() {
            guard let line = component.first("RECURRENCE-ID"), let uid = component.text("UID") else { continue }
            count += 1
            guard count <= Self.replacedMax else {
                throw TaskFileError(line: line.line, "More than \(Self.replacedMax) entries have a RECURRENCE-ID.")
            }
            replaced[uid, default: []].append(line.detached)
        }
    }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        guard let component = try scanner.next() else { return nil }
        var reading = ComponentReading(component, places: scanner.places)
        reading.read()
        let uid = reading.builder.task.key
        if let list = scanner.listName { reading.builder.addTag(list) }
        if let line = component.first("RECURRENCE-ID") {
            reading.readReplacement(line)
        } else if let uid {
            if !seen.insert(uid.hashValue).inserted {
                reading.builder.warn("UID", "Another entry before this one has the same UID.")
            }
            for line in replaced[uid] ?? [] { reading.leaveOut(line) }
        }
        return reading.builder.entry(titleField: "SUMMARY")
    }
}
