import CivilTime
import Interchange
import TaskLanguage

extension Operations {
    /// The feed that a secret leads to, which is marked as read; nil when there is none, or no more.
    ///
    /// - Parameter hash: SHA-256 of the secret.
    public func feed(hash: [UInt8]) async throws(ErrandError) -> CalendarFeed? {
        let find = AccountOperation<(feed: CalendarFeed?, now: Instant)>(.readFeed) { (context) throws(ErrandError) in
            (try context.transaction.feeds.find(hash: hash), context.now)
        }
        let (found, now) = try await ask(find)
        guard let feed = found else { return nil }
        if feed.lastReadAt.map({ now - $0 >= .minutes(1) }) ?? true {
            let mark = AccountOperation<Void>(.readFeed) { (context) throws(ErrandError) in
                try context.transaction.feeds.markRead(feed.id, at: now)
            }
            try await perform(mark)
        }
        return feed
    }

    /// What a feed holds now as one iCalendar object (RFC 5545), unless the caller has it already.
    ///
    /// Without a validator where the moment decides what is in it: then the bytes alone tell.
    ///
    /// - Parameter isKnown: whether the caller has the content that bears this validator.
    /// - Throws: ``ErrandError/notFound(_:)`` for a feed that is gone; ``ErrandError/invalid(_:)`` when its filter is
    ///   no longer understood.
    public func content(
        of feed: CalendarFeed, unless isKnown: @escaping @Sendable (AnswerValidator) -> Bool
    ) async throws(ErrandError) -> ConditionalAnswer<[UInt8]> {
        let look = AccountOperation<ConditionalAnswer<[UInt8]>>(.readFeed) { (context) throws(ErrandError) in
            guard let user = try context.transaction.accounts.find(feed.ownerID) else { throw .notFound(.feed) }
            let content = try FeedContent(feed, user.settings, at: context.now, in: context.transaction)
            // Before the content: what is committed meanwhile may be in it, and must not be in the validator.
            let validator = try content.validator()
            if let validator, isKnown(validator) { return .unchanged(validator) }
            return .answer(try content.text(), validator)
        }
        return try await ask(look)
    }
}

/// What a feed holds at one moment.
private struct FeedContent {
    private let feed: CalendarFeed
    private let settings: UserSettings
    private let now: Instant
    private let transaction: any StoreTransaction
    private let expression: TaskFilter.Expression?

    init(
        _ feed: CalendarFeed, _ settings: UserSettings, at now: Instant, in transaction: any StoreTransaction
    ) throws(ErrandError) {
        self.feed = feed
        self.settings = settings
        self.now = now
        self.transaction = transaction
        guard let filter = feed.filter else {
            expression = nil
            return
        }
        do throws(FilterSyntaxError) {
            let parsed = try FilterExpression(filter, in: settings.language(at: now))
            expression = TaskFilter.Expression(parsed, settings, now: now)
        } catch {
            throw .invalid("/filter", .invalidValue, error.detail)
        }
    }

    private var space: SpaceID { feed.ownerID.personalSpace }

    func validator() throws(ErrandError) -> AnswerValidator? {
        if expression?.asksForMoment ?? false { return nil }
        let parts = [
            "feed", feed.id.description, expression.map { String(describing: $0) } ?? "",
            // Zones are told as they are in that year.
            "\(Zone.utc.local(at: now).date.year)",
        ]
        return try transaction.tasks.state(in: space).map { AnswerValidator($0, [space.description] + parts) }
    }

    /// Open tasks by due date, then completed ones, the latest first, as far as ``Limits/feedTasksMax`` and
    /// ``Limits/feedBytesMax`` allow.
    func text() throws(ErrandError) -> [UInt8] {
        var options = WriterOptions(
            now: now, zone: settings.zone, asEvents: feed.form == .events,
            allDayReminderTime: settings.allDayReminderTime
        )
        options.subscription = CalendarSubscription(name: feed.name, refresh: Limits.feedRefresh)
        guard var writer = TaskFiles.writer(.ical, options) else { return [] }
        var bytes = writer.head()
        var room = Limits.feedTasksMax
        try append(.pending, by: TaskOrder(key: .dueDate, isAscending: true), to: &bytes, &writer, &room)
        if feed.includesCompleted {
            try append(.completed, by: TaskOrder(key: .completed, isAscending: false), to: &bytes, &writer, &room)
        }
        return bytes + writer.tail()
    }

    private func append(
        _ status: TaskFilter.Status, by order: TaskOrder, to bytes: inout [UInt8], _ writer: inout any TaskFileWriter,
        _ room: inout Int
    ) throws(ErrandError) {
        let filter = TaskFilter(status: status, due: [.within(from: nil, to: nil)], expression: expression)
        var after: PagePosition?
        repeat {
            let request = PageRequest(order: order, after: after, limit: min(room, Limits.feedSliceMax))
            guard request.limit > 0 else { return }
            let page = try transaction.tasks.page(request, of: filter, in: space)
            for task in page.tasks {
                let text = writer.text(of: shown(task))
                if bytes.count + text.count > Limits.feedBytesMax {
                    room = 0
                    return
                }
                bytes += text
            }
            room -= page.tasks.count
            after = page.end
        } while after != nil
    }

    /// A time that has no zone is on the clock of its owner; calendars differ in what they make of such a time, so the
    /// zone is told.
    ///
    /// A completed occurrence keeps its rule, and so would stand in calendars once more on each date of the one that
    /// is open. Events have no place for being done, so their words say it.
    private func shown(_ task: TodoTask) -> PortableTask {
        var shown = PortableTask(task)
        if let due = shown.due, let time = due.time, due.zone == nil {
            shown.due = PortableDue(date: due.date, time: time, zone: settings.zone)
        }
        guard task.isCompleted else { return shown }
        shown.recurrence = nil
        if feed.form == .events { shown.title = "✓ \(shown.title)" }
        return shown
    }
}
