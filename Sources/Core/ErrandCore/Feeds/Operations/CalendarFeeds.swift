import TaskLanguage

/// Makes a calendar feed. Its secret is made, shown once and hashed by the door.
public struct CreateFeed: Command {
    public let form: FeedForm
    /// SHA-256 of the secret.
    public let hash: [UInt8]
    public let requiredScope = Scope.manageCredentials

    public init(_ form: FeedForm, hash: [UInt8]) {
        self.form = form
        self.hash = hash
    }

    /// - Throws: ``ErrandError/invalid(_:)`` when the filter is not understood, or there are too many feeds.
    public func execute(in context: CommandContext) throws(ErrandError) -> CalendarFeed {
        if let filter = form.filter {
            let language = try context.user().settings.language(at: context.now)
            do throws(FilterSyntaxError) {
                _ = try FilterExpression(filter, in: language)
            } catch {
                throw .invalid("/filter", .invalidValue, error.detail)
            }
        }
        guard try context.transaction.feeds.all(of: context.member).count < Limits.feedsPerUserMax else {
            throw .invalid("", .tooMany, "There can be at most \(Limits.feedsPerUserMax) feeds; revoke one first.")
        }
        let feed = CalendarFeed(
            id: context.newID(), ownerID: context.member, name: form.name, filter: form.filter, form: form.form,
            includesCompleted: form.includesCompleted, createdAt: context.now, lastReadAt: nil
        )
        try context.transaction.feeds.insert(feed, hash: hash)
        try context.record(.feedCreated, about: .feed(feed.id), ["feed": feed.json])
        return feed
    }
}

/// Revokes a calendar feed at once: its address leads nowhere from then on.
public struct DeleteFeed: Command {
    public let id: FeedID
    public let requiredScope = Scope.manageCredentials

    public init(_ id: FeedID) {
        self.id = id
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        let table = context.transaction.feeds
        guard let feed = try table.all(of: context.member).first(where: { $0.id == id }),
            try table.delete(id, of: context.member)
        else { throw .notFound(.feed) }
        try context.record(.feedDeleted, about: .feed(id), ["feed": feed.json])
    }
}

/// The user's calendar feeds, without their addresses.
public struct ListFeeds: Query {
    public let requiredScope = Scope.manageCredentials

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> [CalendarFeed] {
        try context.transaction.feeds.all(of: context.member)
    }
}

extension AssistedOperation {
    public static let createFeed = AssistedOperation(
        "feeds.create", "Makes a calendar feed, whose address is shown once.", scope: .manageCredentials
    )
    /// Whoever knows the address may: it is the credential.
    public static let readFeed = AssistedOperation("feeds.read", "Shows a calendar the tasks of a feed.")
}
