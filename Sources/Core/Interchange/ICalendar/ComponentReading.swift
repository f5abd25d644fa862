import CivilTime
import Recurrence

/// Makes a task of a to-do or an event.
struct ComponentReading {
    private let component: CalendarComponent
    private let places: [String: String]
    var builder: EntryBuilder
    /// What alarms are counted from, where the file has it.
    private(set) var begin: PortableDue?
    private(set) var end: PortableDue?
    /// How long after a date of its rule it is due, in seconds on the clock, where it is counted from the due date.
    private var lag = 0

    /// - Parameter keepsInDescription: whether the description says what has no place of its own.
    init(_ component: CalendarComponent, places: [String: String], keepsInDescription: Bool = true) {
        self.component = component
        self.places = places
        builder = EntryBuilder(
            title: component.text("SUMMARY")?.trimmed ?? "", line: component.line,
            keepsInDescription: keepsInDescription
        )
    }

    mutating func read() {
        for line in component.brokenLines { builder.warn(nil, "This line is no property; it is left out.", line: line) }
        builder.task.key = component.first("UID").map { ICalendarValue.unescaped($0.value).trimmed }
        if builder.task.key?.isEmpty == true { builder.task.key = nil }
        builder.task.description = component.text("DESCRIPTION") ?? ""
        for (name, label) in [("LOCATION", "Location"), ("URL", "URL")] {
            guard builder.keepsInDescription, let text = component.text(name)?.trimmed, !text.isEmpty else { continue }
            builder.addLine("\(label): \(text)")
        }
        readPriority()
        for line in component.properties where line.name == "CATEGORIES" {
            for tag in ICalendarValue.list(line.value) { builder.addTag(tag) }
        }
        readDue()
        readStatus()
        readRule()
        for alarm in component.alarms { readAlarm(alarm) }
        builder.task.createdAt = instant("CREATED")
        builder.task.updatedAt = instant("LAST-MODIFIED")
    }

    private mutating func readPriority() {
        guard let line = component.first("PRIORITY") else { return }
        switch Int(line.text.trimmed) {
        case 0: break
        case 1: builder.task.priority = .urgent
        case 2, 3, 4: builder.task.priority = .high
        case 5: builder.task.priority = .medium
        case 6, 7, 8, 9: builder.task.priority = .low
        default: builder.warn("PRIORITY", "This is no number from 0 to 9; it is left out.", line: line.line)
        }
    }

    // MARK: Dates

    /// A date or time of a property; nil with a note where it cannot be read.
    mutating func due(_ line: ContentLine, _ value: ArraySlice<UInt8>? = nil) -> PortableDue? {
        let value = (value ?? line.value).trimmed
        guard let moment = ICalendarValue.moment(value) else {
            builder.keep(line.name, String(text: value), because: "This date cannot be read.", line: line.line)
            return nil
        }
        switch moment {
        case .date(let date): return PortableDue(date: date)
        case .local(let local): return PortableDue(date: local.date, time: local.time, zone: zone(of: line))
        case .utc(let instant):
            let local = Zone.utc.localDateTime(at: instant)
            return PortableDue(date: local.date, time: local.time, zone: .utc)
        }
    }

    private mutating func zone(of line: ContentLine) -> Zone? {
        guard let name = line.parameter("TZID"), !name.isEmpty else { return nil }
        if let zone = places[name].flatMap(ZoneNames.zone) ?? ZoneNames.zone(name) { return zone }
        let detail = "The time zone \(name.prefix(60)) is not known; the time is taken for the clock of its person."
        builder.warn(line.name, detail, line: line.line)
        return nil
    }

    private mutating func readDue() {
        let start = component.first("DTSTART").flatMap { due($0) }
        begin = start
        if component.isEvent {
            builder.task.due = start
            if let line = component.first("DTEND") {
                end = due(line)
            } else if let line = component.first("DURATION"), let start {
                end = end(of: start, line)
            }
            return
        }
        if let line = component.first("DUE") {
            builder.task.due = due(line)
        } else if let line = component.first("DURATION"), let start {
            builder.task.due = end(of: start, line)
        } else {
            builder.task.due = start
        }
        if builder.task.due == nil { builder.task.due = start }
        end = builder.task.due
    }

    private mutating func end(of start: PortableDue, _ line: ContentLine) -> PortableDue {
        guard let (isNegative, span) = ICalendarValue.duration(line.text), !isNegative, span.days < 4_000_000,
            span.seconds < 4_000_000 * 86_400
        else {
            builder.keep("DURATION", line.text, because: "This length of time cannot be read.", line: line.line)
            return start
        }
        let wall = LocalDateTime(start.date, start.time ?? .midnight)
        let seconds = wall.wallSeconds + span.days * 86_400 + span.seconds
        guard seconds <= LocalDateTime.latestSeconds else { return start }
        let local = LocalDateTime(wallSeconds: seconds)
        return PortableDue(date: local.date, time: start.time == nil ? nil : local.time, zone: start.zone)
    }

    private mutating func instant(_ name: String) -> Instant? {
        guard let line = component.first(name) else { return nil }
        guard let moment = ICalendarValue.moment(line.value.trimmed) else {
            builder.warn(name, "This moment cannot be read; it is left out.", line: line.line)
            return nil
        }
        switch moment {
        case .utc(let instant): return instant
        case .local(let local): return (zone(of: line) ?? .utc).instant(of: local).withinYears
        case .date(let date): return Zone.utc.instant(of: date, at: .midnight)
        }
    }

    private mutating func readStatus() {
        builder.task.completedAt = instant("COMPLETED") ?? instant("X-ERRAND-COMPLETED")
        let status = component.first("STATUS")?.text.trimmed.uppercased()
        switch status {
        case "COMPLETED": builder.task.isCompleted = true
        case "CANCELLED":
            builder.task.isCompleted = true
            builder.warn("STATUS", "It was cancelled, and is taken in as done.")
        default:
            let isWhole = component.first("PERCENT-COMPLETE")?.text.trimmed == "100"
            builder.task.isCompleted = builder.task.completedAt != nil || isWhole && status == nil
        }
    }

    // MARK: Recurrence

    private mutating func readRule() {
        for line in component.properties where line.name == "RDATE" {
            let detail = "Dates that are added to a series are not known here."
            builder.keep("RDATE", line.text, because: detail, line: line.line)
        }
        let rules = component.properties.filter { $0.name == "RRULE" }
        for line in rules.dropFirst() {
            builder.keep("RRULE", line.text, because: "A task has one rule.", line: line.line)
        }
        // Errand counts occurrences from the first one, which the file may not begin with.
        if let line = component.first("X-ERRAND-RRULE") ?? rules.first {
            builder.setRule(line.text.trimmed, field: line.name, line: line.line)
        } else if let words = component.text("X-ERRAND-RECURRENCE") {
            builder.task.recurrence = PortableRecurrence(.words(words))
        }
        guard builder.task.recurrence != nil else { return }
        guard let due = builder.task.due else {
            if case .rule(let rule) = builder.task.recurrence?.source {
                builder.keep("RRULE", rule.description, because: "A rule needs a date.")
            }
            builder.task.recurrence = nil
            return
        }
        let anchor = component.text("X-ERRAND-ANCHOR")?.uppercased()
        builder.task.recurrence?.countsFromCompletion = anchor == "COMPLETION"
        readStart(due)
        for line in component.properties where line.name == "EXDATE" {
            for value in line.value.split(separator: .comma) { exclude(line, value) }
        }
    }

    /// What the rule is counted from, where it is not the due date.
    ///
    /// Dates of a rule are those of DTSTART, and a to-do is due as long after each as it is after the first
    /// (RFC 5545 §3.8.5.3). A rule that names no days itself is counted from the due date then.
    private mutating func readStart(_ due: PortableDue) {
        let own = component.first("X-ERRAND-START")
        guard let line = own ?? component.first("DTSTART"), let start = self.due(line) else { return }
        let (local, end) = (Self.local(start, on: due), Self.local(due, on: due))
        if local == end { return }
        if own == nil, case .rule(let rule) = builder.task.recurrence?.source, rule.isPlain,
            !Self.isDate(end, of: rule, from: due.time == nil ? LocalDateTime(local.date, .midnight) : local)
        {
            lag = end.wallSeconds - local.wallSeconds
        } else {
            builder.task.recurrence?.start = local
        }
    }

    private static func isDate(_ local: LocalDateTime, of rule: RecurrenceRule, from start: LocalDateTime) -> Bool {
        guard start < local, local.wallSeconds > LocalDateTime.earliestSeconds else { return false }
        let set = RecurrenceSet(start: start, rule: rule, zone: .utc)
        return set.next(afterLocal: LocalDateTime(wallSeconds: local.wallSeconds - 1))?.local == local
    }

    /// A date of the rule as the day or time that is due then.
    private func lagging(_ local: LocalDateTime) -> LocalDateTime {
        let seconds = local.wallSeconds + lag
        guard (LocalDateTime.earliestSeconds...LocalDateTime.latestSeconds).contains(seconds) else { return local }
        return LocalDateTime(wallSeconds: seconds)
    }

    /// What the clock of the due date shows then.
    private static func local(_ moment: PortableDue, on due: PortableDue) -> LocalDateTime {
        let local = LocalDateTime(moment.date, moment.time ?? .midnight)
        guard let from = moment.zone, let to = due.zone, from != to else { return local }
        let moved = to.localDateTime(at: from.instant(of: local))
        return (1...9999).contains(moved.date.year) ? moved : local
    }

    private mutating func exclude(_ line: ContentLine, _ value: ArraySlice<UInt8>? = nil) {
        guard let due = builder.task.due, let left = self.due(line, value) else { return }
        let isDay = left.time == nil
        let local = lagging(isDay ? LocalDateTime(left.date, .midnight) : Self.local(left, on: due))
        if isDay || due.time == nil {
            builder.task.recurrence?.excludedDays.append(local.date)
        } else {
            builder.task.recurrence?.excludedTimes.append(local)
        }
    }

    /// An occurrence that another component stands for.
    mutating func leaveOut(_ line: ContentLine) {
        guard builder.task.recurrence != nil else { return }
        if line.parameter("RANGE") != nil {
            let detail = "From line \(line.line) on the series is another one, which is taken in as one task only."
            builder.warn("RECURRENCE-ID", detail)
        }
        exclude(line)
    }

    /// A component that stands for one occurrence of a series is a task of its own.
    mutating func readReplacement(_ line: ContentLine) {
        builder.task.key = builder.task.key.map { "\($0)/\(line.text.trimmed)" }
        builder.task.recurrence = nil
        builder.warn("RECURRENCE-ID", "This occurrence of a series is taken in as a task of its own.", line: line.line)
    }
}
