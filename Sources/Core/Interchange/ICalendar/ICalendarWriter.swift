import CivilTime
import Recurrence

/// Writes to-dos or events (RFC 5545). What only Errand knows stands in properties that begin with `X-ERRAND-`.
struct ICalendarWriter: TaskFileWriter {
    private let options: WriterOptions
    private let now: String
    private let year: Int
    private var zones: Set<Zone> = []
    private var count = 0

    init(_ options: WriterOptions) {
        self.options = options
        now = ICalendarValue.text(options.now)
        year = Zone.utc.local(at: options.now).date.year
    }

    func head() -> [UInt8] {
        var text = ContentLineText()
        text.add("BEGIN", "VCALENDAR")
        text.add("VERSION", "2.0")
        text.add("PRODID", "-//Errand//Errand//EN")
        text.add("CALSCALE", "GREGORIAN")
        if let subscription = options.subscription { add(subscription, to: &text) }
        return text.bytes
    }

    /// By the names of RFC 7986, and by those that calendars had before it.
    private func add(_ subscription: CalendarSubscription, to text: inout ContentLineText) {
        let name = ICalendarValue.escaped(subscription.name)
        let refresh = ICalendarValue.text(subscription.refresh)
        text.add("NAME", name)
        text.add("X-WR-CALNAME", name)
        text.add("REFRESH-INTERVAL;VALUE=DURATION", refresh)
        text.add("X-PUBLISHED-TTL", refresh)
    }

    /// What lies in the trash is left out, since iCalendar has no such place; and what events cannot be.
    mutating func text(of task: PortableTask) -> [UInt8] {
        if task.isInTrash || options.asEvents && task.due == nil { return [] }
        count += 1
        var bytes: [UInt8] = []
        if let zone = task.due?.zone, task.due?.time != nil, zone != .utc, zones.insert(zone).inserted {
            bytes = TimeZoneText.component(zone, year: year)
        }
        var component = ComponentText(options: options)
        component.text.add("BEGIN", options.asEvents ? "VEVENT" : "VTODO")
        component.text.add("UID", ICalendarValue.escaped(task.key ?? "\(options.now.milliseconds)-\(count)@errand"))
        let changed = options.subscription.flatMap { _ in task.updatedAt }
        component.text.add("DTSTAMP", changed.map { ICalendarValue.text($0) } ?? now)
        component.addWords(of: task)
        component.addDates(of: task)
        component.addStatus(of: task)
        for reminder in task.reminders { component.add(reminder, of: task) }
        component.text.add("END", options.asEvents ? "VEVENT" : "VTODO")
        return bytes + component.text.bytes
    }

    func tail() -> [UInt8] { Array("END:VCALENDAR\r\n".utf8) }
}

/// The lines of one to-do or event.
private struct ComponentText {
    let options: WriterOptions
    var text = ContentLineText()

    mutating func addWords(of task: PortableTask) {
        text.add("SUMMARY", ICalendarValue.escaped(task.title))
        if !task.description.isEmpty { text.add("DESCRIPTION", ICalendarValue.escaped(task.description)) }
        if !task.tags.isEmpty {
            text.add("CATEGORIES", task.tags.map(ICalendarValue.escaped).joined(separator: ","))
        }
        switch task.priority {
        case .urgent: text.add("PRIORITY", "1")
        case .high: text.add("PRIORITY", "3")
        case .medium: text.add("PRIORITY", "5")
        case .low: text.add("PRIORITY", "9")
        case nil: break
        }
    }

    mutating func addStatus(of task: PortableTask) {
        if options.asEvents {
            text.add("TRANSP", "TRANSPARENT")
            if task.isCompleted {
                let moment = task.completedAt ?? task.updatedAt ?? options.now
                text.add("X-ERRAND-COMPLETED", ICalendarValue.text(moment))
            }
        } else {
            text.add("STATUS", task.isCompleted ? "COMPLETED" : "NEEDS-ACTION")
            if let completed = task.completedAt { text.add("COMPLETED", ICalendarValue.text(completed)) }
            if task.isCompleted { text.add("PERCENT-COMPLETE", "100") }
        }
        if let created = task.createdAt { text.add("CREATED", ICalendarValue.text(created)) }
        if let updated = task.updatedAt { text.add("LAST-MODIFIED", ICalendarValue.text(updated)) }
    }

    // MARK: Dates

    mutating func addDates(of task: PortableTask) {
        guard let due = task.due else { return }
        let recurrence = task.recurrence
        if options.asEvents {
            addDate("DTSTART", LocalDateTime(due.date, due.time ?? .midnight), like: due)
        } else {
            if recurrence != nil { addDate("DTSTART", LocalDateTime(due.date, due.time ?? .midnight), like: due) }
            addDate("DUE", LocalDateTime(due.date, due.time ?? .midnight), like: due)
        }
        guard let recurrence else { return }
        let series = SeriesText(recurrence, due: due, zone: options.zone)
        switch recurrence.source {
        case .words(let words): text.add("X-ERRAND-RECURRENCE", ICalendarValue.escaped(words))
        case .rule(let rule):
            let told = series.rule(rule)
            text.add("RRULE", told.description)
            if told.end != rule.end { text.add("X-ERRAND-RRULE", rule.description) }
        }
        if let start = recurrence.start { addDate("X-ERRAND-START", start, like: due) }
        if recurrence.countsFromCompletion { text.add("X-ERRAND-ANCHOR", "COMPLETION") }
        for left in series.excluded { addDate("EXDATE", left, like: due) }
    }

    /// A property of the same kind of value as the due date.
    private mutating func addDate(_ name: String, _ local: LocalDateTime, like due: PortableDue) {
        if due.time == nil {
            text.add("\(name);VALUE=DATE", ICalendarValue.text(local.date))
        } else if due.zone == .utc {
            text.add(name, ICalendarValue.text(local) + "Z")
        } else if let zone = due.zone {
            text.add("\(name);TZID=\(zone.identifier)", ICalendarValue.text(local))
        } else {
            text.add(name, ICalendarValue.text(local))
        }
    }

    // MARK: Reminders

    mutating func add(_ reminder: PortableReminder, of task: PortableTask) {
        let allDay = options.allDayReminderTime
        guard let trigger = CalendarAlarm.trigger(reminder, due: task.due, allDay: allDay) else { return }
        text.add("BEGIN", "VALARM")
        text.add("ACTION", "DISPLAY")
        text.add("DESCRIPTION", ICalendarValue.escaped(task.title))
        switch trigger {
        case .moment: text.add("TRIGGER;VALUE=DATE-TIME", trigger.text)
        case .offset: text.add(options.asEvents ? "TRIGGER" : "TRIGGER;RELATED=END", trigger.text)
        }
        if let every = reminder.repeatEvery {
            // RFC 5545 §3.8.6.2 wants a number; Errand goes on until the task is done.
            text.add("REPEAT", "4")
            text.add("DURATION", ICalendarValue.text(every))
        }
        if case .before = reminder.moment, task.due?.time == nil {
            text.add("X-ERRAND-DAY", allDay.description)
            text.add("X-ERRAND-REMINDER", ReminderText.text(reminder))
        } else if case .onDay = reminder.moment {
            text.add("X-ERRAND-REMINDER", ReminderText.text(reminder))
        }
        text.add("END", "VALARM")
    }
}
