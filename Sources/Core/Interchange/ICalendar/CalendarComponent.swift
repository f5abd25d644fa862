import CivilTime

/// A to-do or an event with its alarms, as it stands in the file.
struct CalendarComponent {
    let isEvent: Bool
    let line: Int
    var properties: [ContentLine] = []
    var alarms: [[ContentLine]] = []
    /// Lines that are no properties.
    var brokenLines: [Int] = []

    init(isEvent: Bool, line: Int) {
        self.isEvent = isEvent
        self.line = line
    }

    func first(_ name: String) -> ContentLine? { properties.first { $0.name == name } }

    mutating func addToAlarm(_ line: ContentLine) {
        if !alarms.isEmpty { alarms[alarms.count - 1].append(line) }
    }

    func text(_ name: String) -> String? { first(name).map { ICalendarValue.unescaped($0.value) } }
}

/// Goes through the components of an iCalendar file.
struct CalendarScanner {
    private var lines: ContentLineScanner
    private var open: [(name: String, line: Int)] = []
    /// X-WR-CALNAME: what programs call the list.
    private(set) var listName: String?
    /// Zones of places by the names that the file gives them (X-LIC-LOCATION in VTIMEZONE).
    private(set) var places: [String: String] = [:]
    private var zoneName: String?
    private static let tasks: Set<String> = ["VTODO", "VEVENT"]
    /// Components within each other: no format has more than three.
    private static let depthMax = 100

    init(_ text: TextFile) { lines = ContentLineScanner(text) }

    /// - Parameter text: in UTF-8.
    init(_ text: [UInt8]) { self.init(TextFile(utf8: text)) }

    /// The next to-do or event.
    ///
    /// - Throws: where components do not begin and end as they should.
    mutating func next() throws(TaskFileError) -> CalendarComponent? {
        var current: CalendarComponent?
        while let (text, number) = try lines.next() {
            guard let line = ContentLine(text, line: number) else {
                if open.isEmpty { throw TaskFileError(line: number, column: 1, "This is no calendar.") }
                current?.brokenLines.append(number)
                continue
            }
            switch line.name {
            case "BEGIN":
                let name = line.text.trimmed.uppercased()
                if open.isEmpty, name != "VCALENDAR" {
                    throw TaskFileError(line: number, "BEGIN:VCALENDAR is missing before this.")
                }
                guard open.count < Self.depthMax else {
                    throw TaskFileError(line: number, "Too many components lie within each other.")
                }
                if current == nil, Self.tasks.contains(name) {
                    current = CalendarComponent(isEvent: name == "VEVENT", line: number)
                } else if name == "VALARM", isInTask {
                    current?.alarms.append([])
                }
                open.append((name, number))
            case "END":
                let isTask = isInTask
                try close(line)
                if isTask, let current { return current }
            default: try take(line, into: &current)
            }
        }
        guard let last = open.popLast() else { return nil }
        open = []
        throw TaskFileError(line: last.line, "\(last.name) begins here and never ends.")
    }

    private var isInTask: Bool { open.last.map { Self.tasks.contains($0.name) } ?? false }

    private mutating func close(_ line: ContentLine) throws(TaskFileError) {
        let name = line.text.trimmed.uppercased()
        guard let last = open.popLast() else {
            throw TaskFileError(line: line.line, "There is no component that could end here.")
        }
        guard last.name == name else {
            let detail = "\(last.name) of line \(last.line) is still open here, so \(name.prefix(40)) cannot end."
            throw TaskFileError(line: line.line, detail)
        }
        if name == "VTIMEZONE" { zoneName = nil }
    }

    private mutating func take(_ line: ContentLine, into current: inout CalendarComponent?) throws(TaskFileError) {
        guard let last = open.last else {
            throw TaskFileError(line: line.line, column: 1, "BEGIN:VCALENDAR is missing before this.")
        }
        if isInTask {
            current?.properties.append(line)
        } else if last.name == "VALARM", open.count >= 2, Self.tasks.contains(open[open.count - 2].name) {
            current?.addToAlarm(line)
        } else if last.name == "VCALENDAR", line.name == "X-WR-CALNAME" {
            listName = ICalendarValue.unescaped(line.value)
        } else if last.name == "VTIMEZONE" {
            if line.name == "TZID" { zoneName = line.text }
            if line.name == "X-LIC-LOCATION", let zoneName { places[zoneName] = line.text }
        }
    }
}
