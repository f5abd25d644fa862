public import CivilTime
public import Interchange

/// A task as calendar programs see it: a resource with a name, a UID, a tag and a text.
public struct CalendarEntry: Hashable, Sendable {
    public let task: TodoTask
    /// What programs have written of it; nil while none has.
    public let kept: KeptCalendarObject?
    private let settings: UserSettings

    init(_ task: TodoTask, _ kept: KeptCalendarObject?, _ settings: UserSettings) {
        self.task = task
        self.kept = kept
        self.settings = settings
    }

    /// The last part of its address.
    public var name: String { kept?.name ?? Self.name(of: task.id) }

    public var uid: String { kept?.uid ?? task.id.description }

    /// Tells this state from every other: the version of the task, and that of what programs wrote.
    public var tag: String { "\"\(task.version).\(kept?.revision ?? 0)\"" }

    /// What a task is called that no program has named.
    static func name(of id: TaskID) -> String { "\(id.description).ics" }

    /// The task that has such a name; nil for a name that programs have chosen.
    static func task(named name: String) -> TaskID? {
        guard name.hasSuffix(".ics"), let id = TaskID(String(name.dropLast(4))), Self.name(of: id) == name else {
            return nil
        }
        return id
    }

    /// iCalendar. Where what a program wrote says what the task says now, it is as the program wrote it.
    ///
    /// - Throws: ``ErrandError/unavailable`` where what is kept cannot be read.
    public func text() throws(ErrandError) -> [UInt8] { try object().text }

    /// What of the text was asked for.
    ///
    /// - Parameter home: the zone of the person.
    /// - Returns: nil where there are more occurrences than are told by themselves.
    /// - Throws: ``ErrandError/unavailable`` where what is kept cannot be read.
    public func text(_ selection: CalendarSelection, home: Zone) throws(ErrandError) -> [UInt8]? {
        try object().text(selection, home: home)
    }

    /// The text, read again.
    func object() throws(ErrandError) -> CalendarObject {
        do throws(TaskFileError) {
            let own = try CalendarObject(portable, options)
            guard let kept else { return own }
            let written = try CalendarObject(Array(kept.text.utf8))
            let basis = ImportBasis(
                space: task.spaceID, settings: settings, now: task.updatedAt, keepsInDescription: false
            )
            guard let now = own.task(task.id, basis), let then = written.task(task.id, basis) else { return own }
            let changed = now.parts(differingFrom: then)
            if changed.isEmpty { return written }
            return try CalendarObject(written.text(taking: changed, from: own))
        } catch {
            // What was kept was read when it came.
            throw .unavailable
        }
    }

    /// - Parameter home: the zone of the person.
    public func matches(_ filter: CalendarFilter, home: Zone) throws(ErrandError) -> Bool {
        if filter.takesEveryTodo { return true }
        return try object().matches(filter, home: home)
    }

    /// A completed occurrence does not come again: the one that follows it does.
    private var portable: PortableTask {
        var portable = PortableTask(task)
        portable.key = uid
        // Read where it comes back from there.
        portable.isInTrash = false
        if task.isCompleted { portable.recurrence = nil }
        return portable
    }

    private var options: WriterOptions {
        WriterOptions(now: task.updatedAt, zone: settings.zone, allDayReminderTime: settings.allDayReminderTime)
    }
}

extension CalendarObject {
    /// The to-do under Errand's limits; nil where it has neither a title nor a description.
    func task(_ id: TaskID, _ basis: ImportBasis) -> ImportedTask? {
        entry.task.flatMap { FittedTask($0, id: id, basis).task }
    }
}

extension ImportedTask {
    /// What an object tells differently of the same task.
    func parts(differingFrom other: ImportedTask) -> Set<CalendarPart> {
        var parts: Set<CalendarPart> = []
        if title != other.title { parts.insert(.title) }
        if description != other.description { parts.insert(.description) }
        // Tags are equal without regard to case.
        if tags.map(\.name) != other.tags.map(\.name) { parts.insert(.tags) }
        if priority != other.priority { parts.insert(.priority) }
        if due != other.due || series?.recurrence != other.series?.recurrence { parts.insert(.dates) }
        if completedAt != other.completedAt { parts.insert(.status) }
        if !reminders.elementsEqual(other.reminders, by: { $0.isSame(as: $1) }) { parts.insert(.reminders) }
        return parts
    }
}
