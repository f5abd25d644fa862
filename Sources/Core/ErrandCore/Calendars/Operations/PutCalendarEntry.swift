public import Interchange

/// Takes over what a calendar program wrote: a new task, or what it changed of one.
///
/// Of a task that is there, only what the program changed is changed: it is held against what the program was shown
/// last, so that what iCalendar has no words for stays as it is.
public struct PutCalendarEntry: Command {
    public enum Outcome: Hashable, Sendable {
        /// - `isVerbatim`: whether it will be given back octet for octet, so that its tag can be told
        ///   (RFC 4791 §5.3.4).
        case saved(CalendarEntry, isNew: Bool, isVerbatim: Bool)
        /// It is in another state than the program has seen.
        case changed
        /// Another object has its UID: the one of that name.
        case uidTaken(String)
    }

    public let name: String
    public let object: CalendarObject
    public let condition: CalendarCondition
    public let requiredScope = Scope.writeTasks

    /// - Parameter name: the last part of the address, at most ``Limits/calendarNameLengthMax`` octets.
    public init(_ name: String, _ object: CalendarObject, if condition: CalendarCondition = .none) {
        self.name = name
        self.object = object
        self.condition = condition
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        let settings = try context.user().settings
        let there = try context.transaction.calendarEntry(named: name, in: context.space, settings)
        guard condition.holds(for: there) else { return .changed }
        if let there, there.uid != object.uid { return .uidTaken(name) }
        if there == nil, let other = try holder(settings, in: context) { return .uidTaken(other.name) }
        let basis = ImportBasis(
            space: context.space, settings: settings, now: context.now, keepsInDescription: false
        )
        let id = there?.task.id ?? taskID(in: context.space)
        let wanted = try fitted(id, basis)
        var task: TodoTask
        if let before = try context.transaction.tasks.find(.id(id), in: context.space) {
            let kept = try context.transaction.calendarObjects.find(task: id, in: context.space)
            let shown = try CalendarEntry(before, kept, settings).object()
            guard let seen = shown.task(id, basis) else { throw .unavailable }
            task = try CalendarEdit(wanted, seen: seen, object).apply(to: before, in: context)
        } else {
            task = try context.insert { number in wanted.task(number, in: context.space) }
            task = try CalendarEdit(wanted, seen: wanted, object).completeOccurrence(of: task, in: context)
        }
        let kept = try keep(task, in: context)
        let entry = CalendarEntry(task, kept, settings)
        return .saved(entry, isNew: there == nil, isVerbatim: try entry.text() == object.text)
    }

    /// What has the UID under another name.
    private func holder(_ settings: UserSettings, in context: CommandContext) throws(ErrandError) -> CalendarEntry? {
        let kept = try context.transaction.calendarObjects.find(uid: object.uid, in: context.space)
        guard let id = kept?.taskID ?? TaskID(object.uid),
            let task = try context.transaction.tasks.find(.id(id), in: context.space), !task.isInTrash
        else { return nil }
        if let kept { return CalendarEntry(task, kept, settings) }
        return CalendarEntry(task, try context.transaction.calendarObjects.find(task: id, in: context.space), settings)
    }

    /// Follows from the UID, so that an object that was deleted and comes again is the task that it was.
    private func taskID(in space: SpaceID) -> TaskID {
        TaskID(UniqueID(object.uid) ?? .derived(from: space.value, Array("caldav\0\(object.uid)".utf8)))
    }

    private func fitted(_ id: TaskID, _ basis: ImportBasis) throws(ErrandError) -> ImportedTask {
        guard let task = object.task(id, basis) else {
            throw .invalid("/SUMMARY", .required, "The to-do has neither a title nor a description.")
        }
        return task
    }

    private func keep(_ task: TodoTask, in context: CommandContext) throws(ErrandError) -> KeptCalendarObject {
        let objects = context.transaction.calendarObjects
        let text = String(decoding: object.text, as: UTF8.self)
        let before = try objects.find(task: task.id, in: context.space)
        if let before, before.text == text, before.name == name, before.uid == object.uid { return before }
        if var other = try objects.find(name: name, in: context.space), other.taskID != task.id,
            let trashed = try context.transaction.tasks.find(.id(other.taskID), in: context.space)
        {
            // It lies in the trash, and its name is wanted again.
            other.name = CalendarEntry.name(of: other.taskID)
            other.revision = try context.nextCalendarRevision()
            try objects.save(other, of: trashed)
        }
        let kept = KeptCalendarObject(
            taskID: task.id, name: name, uid: object.uid, text: text, revision: try context.nextCalendarRevision()
        )
        try objects.save(kept, of: task)
        return kept
    }
}
