/// How far the calendar of a space has come.
public struct ReadCalendarToken: Query {
    public let requiredScope = Scope.readTasks

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> CalendarToken {
        try context.calendarToken()
    }
}

/// One slice of the objects of a space, by task number.
public struct ListCalendarEntries: Query {
    public struct Answer: Sendable {
        public let entries: [CalendarEntry]
        /// Where the next slice begins; nil after the last one.
        public let next: Int64?
    }

    public let after: Int64
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(after: Int64, limit: Int) {
        self.after = after
        self.limit = limit
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> Answer {
        let settings = try context.user().settings
        let tasks = try context.transaction.tasks.all(in: context.space, after: after, limit: limit)
        guard let first = tasks.first, let last = tasks.last else { return Answer(entries: [], next: nil) }
        var kept: [TaskID: KeptCalendarObject] = [:]
        let objects = context.transaction.calendarObjects
        for object in try objects.all(of: first.number...last.number, in: context.space) {
            kept[object.taskID] = object
        }
        return Answer(
            entries: tasks.filter { !$0.isInTrash }.map { CalendarEntry($0, kept[$0.id], settings) },
            next: tasks.count < limit ? nil : last.number
        )
    }
}

/// The objects of these names that are there.
public struct ReadCalendarEntries: Query {
    public let names: [String]
    public let requiredScope = Scope.readTasks

    public init(_ names: [String]) {
        self.names = names
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> [CalendarEntry] {
        let settings = try context.user().settings
        var entries: [CalendarEntry] = []
        for name in names {
            if let entry = try context.transaction.calendarEntry(named: name, in: context.space, settings) {
                entries.append(entry)
            }
        }
        return entries
    }
}

/// What has changed since a calendar program looked last (RFC 6578 §3.2).
public struct ListCalendarChanges: Query {
    public struct Changes: Sendable {
        public let entries: [CalendarEntry]
        /// Names of objects that are no longer there.
        public let removed: [String]
        /// What to ask with next.
        public let token: CalendarToken
        /// Whether there is more, to be asked for with ``token``.
        public let isCut: Bool
    }

    public let since: CalendarToken
    /// How many objects are told at once.
    public let limit: Int
    public let requiredScope = Scope.readTasks

    public init(since: CalendarToken, limit: Int = .max) {
        self.since = since
        self.limit = limit
    }

    private static let sliceSize = 500

    /// - Returns: nil where nobody knows any more what has changed since then.
    public func answer(in context: QueryContext) throws(ErrandError) -> Changes? {
        let end = try context.calendarToken()
        guard since.change <= end.change, since.revision <= end.revision else { return nil }
        var ids: Set<TaskID> = []
        var seen = since.change
        while seen < end.change, ids.count < limit {
            let events = try context.transaction.outbox.events(in: context.space, after: seen, limit: Self.sliceSize)
            // Events of that age are removed.
            guard let first = events.first, first.changeNumber == seen.next else { return nil }
            for event in events where ids.count < limit {
                if let id = event.event.subject.taskID { ids.insert(id) }
                seen = event.changeNumber
            }
        }
        let isCut = seen < end.change
        if !isCut {
            let rewritten = try context.transaction.calendarObjects.changed(after: since.revision, in: context.space)
            ids.formUnion(rewritten)
        }
        let token = CalendarToken(change: seen, revision: isCut ? since.revision : end.revision)
        return try changes(ids, token, isCut: isCut, in: context)
    }

    private func changes(
        _ ids: Set<TaskID>, _ token: CalendarToken, isCut: Bool, in context: QueryContext
    ) throws(ErrandError) -> Changes {
        let settings = try context.user().settings
        var (entries, removed): ([CalendarEntry], [String]) = ([], [])
        for id in ids.sorted(by: { $0.description < $1.description }) {
            let kept = try context.transaction.calendarObjects.find(task: id, in: context.space)
            let task = try context.transaction.tasks.find(.id(id), in: context.space)
            if let task, !task.isInTrash {
                entries.append(CalendarEntry(task, kept, settings))
            } else {
                removed.append(kept?.name ?? CalendarEntry.name(of: id))
            }
        }
        return Changes(entries: entries, removed: removed, token: token, isCut: isCut)
    }
}

extension QueryContext {
    fileprivate func calendarToken() throws(ErrandError) -> CalendarToken {
        CalendarToken(
            change: try transaction.outbox.lastChangeNumber(in: space),
            revision: try transaction.calendarObjects.lastRevision(in: space)
        )
    }
}

extension StoreTransaction {
    /// The object of that name; nil where there is none, or where its task is in the trash.
    func calendarEntry(
        named name: String, in space: SpaceID, _ settings: UserSettings
    ) throws(ErrandError) -> CalendarEntry? {
        let kept = try calendarObjects.find(name: name, in: space)
        guard let id = kept?.taskID ?? CalendarEntry.task(named: name),
            let task = try tasks.find(.id(id), in: space), !task.isInTrash
        else { return nil }
        if kept == nil, try calendarObjects.find(task: id, in: space) != nil { return nil }
        return CalendarEntry(task, kept, settings)
    }
}
