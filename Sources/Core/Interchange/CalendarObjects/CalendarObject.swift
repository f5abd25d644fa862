/// A to-do as a calendar program keeps it: an iCalendar text of its own, with everything that the program wrote,
/// understood or not (RFC 4791 §4.1).
public struct CalendarObject: Hashable, Sendable {
    /// As it was sent, in UTF-8.
    public let text: [UInt8]
    public let uid: String
    let root: CalendarBlock

    /// - Throws: for what is no calendar, for one that is not about exactly one to-do, and for one that is meant for
    ///   others than its keeper (METHOD).
    public init(_ bytes: [UInt8]) throws(TaskFileError) {
        text = try TextDecoding.utf8(bytes)
        if let place = text.firstIndex(of: 0) {
            let line = text[..<place].count { $0 == .lineFeed } + 1
            throw TaskFileError(line: line, "There is a NUL here, which no calendar has.")
        }
        root = try CalendarBlock.read(text)
        guard root.name == "VCALENDAR" else { throw TaskFileError(line: 1, "A calendar begins with BEGIN:VCALENDAR.") }
        if root.has("METHOD") { throw TaskFileError(line: 1, "A calendar that is kept has no METHOD.") }
        uid = try Self.uid(text)
    }

    private static func uid(_ text: [UInt8]) throws(TaskFileError) -> String {
        var scanner = CalendarScanner(text)
        var (uid, hasMain) = (nil as String?, false)
        while let component = try scanner.next() {
            if component.isEvent { throw TaskFileError(line: component.line, "Only to-dos (VTODO) are kept here.") }
            let own = component.first("UID").map { ICalendarValue.unescaped($0.value).trimmed } ?? ""
            if own.isEmpty { throw TaskFileError(line: component.line, "The to-do has no UID.") }
            if let uid, uid != own {
                throw TaskFileError(line: component.line, "Its UID is another one than that of the to-do before it.")
            }
            uid = own
            if component.first("RECURRENCE-ID") != nil { continue }
            if hasMain { throw TaskFileError(line: component.line, "There is a to-do of this UID before it.") }
            hasMain = true
        }
        guard let uid, hasMain else { throw TaskFileError(line: 1, "There is no to-do (VTODO) in it.") }
        return uid
    }

    /// The to-do, and what of it has no place in a task. All of it stays in ``text``, so nothing goes into the
    /// description that the program did not write there.
    public var entry: ReadEntry {
        var scanner = CalendarScanner(text)
        while let component = try? scanner.next() {
            if component.first("RECURRENCE-ID") != nil { continue }
            var reading = ComponentReading(component, places: scanner.places, keepsInDescription: false)
            reading.read()
            return ReadEntry(task: reading.builder.task, notes: reading.builder.notes)
        }
        return ReadEntry(task: nil)
    }

    /// Occurrences that a component of their own calls completed, as their series has them due (RECURRENCE-ID).
    public var completedOccurrences: [PortableDue] {
        var scanner = CalendarScanner(text)
        var found: [PortableDue] = []
        while let component = try? scanner.next() {
            guard let line = component.first("RECURRENCE-ID") else { continue }
            var reading = ComponentReading(component, places: scanner.places, keepsInDescription: false)
            reading.read()
            if reading.builder.task.isCompleted, let due = reading.due(line) { found.append(due) }
        }
        return found
    }
}
