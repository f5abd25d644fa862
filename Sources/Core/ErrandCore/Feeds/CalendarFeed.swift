public import CivilTime

/// A part of a person's tasks that calendars read by an address with a secret in it, without signing in.
public struct CalendarFeed: Hashable, Sendable {
    /// What calendars are shown of a task.
    public enum Form: String, CaseIterable, Sendable {
        /// VEVENT: every calendar shows it.
        case events
        /// VTODO: calendars that have tasks show it as one.
        case todos
    }

    public let id: FeedID
    public let ownerID: UserID
    public let name: String
    /// Which tasks, as it was typed; it was understood in the words of its owner when the feed was made. Nil for all.
    public let filter: String?
    public let form: Form
    /// Whether completed tasks are in it as well.
    public let includesCompleted: Bool
    public let createdAt: Instant
    /// To the minute; nil for never.
    public var lastReadAt: Instant?

    package init(
        id: FeedID, ownerID: UserID, name: String, filter: String?, form: Form, includesCompleted: Bool,
        createdAt: Instant, lastReadAt: Instant?
    ) {
        self.id = id
        self.ownerID = ownerID
        self.name = name
        self.filter = filter
        self.form = form
        self.includesCompleted = includesCompleted
        self.createdAt = createdAt
        self.lastReadAt = lastReadAt
    }

    /// The feed as its owner sees it in a list; never its address, which nobody knows any more.
    public var json: JSONValue {
        [
            "id": .string(id.description), "name": .string(name), "filter": JSONValue(text: filter),
            "form": .string(form.rawValue), "include_completed": .bool(includesCompleted),
            "created_at": .string(createdAt.description), "last_read_at": JSONValue(text: lastReadAt?.description),
        ]
    }
}

/// Feeds of all users.
public protocol CalendarFeedTable {
    /// - Parameter hash: SHA-256 of the secret.
    func find(hash: [UInt8]) throws(ErrandError) -> CalendarFeed?
    /// Oldest first.
    func all(of owner: UserID) throws(ErrandError) -> [CalendarFeed]
    func insert(_ feed: CalendarFeed, hash: [UInt8]) throws(ErrandError)
    func markRead(_ id: FeedID, at instant: Instant) throws(ErrandError)
    /// False when the user has no such feed.
    func delete(_ id: FeedID, of owner: UserID) throws(ErrandError) -> Bool
}

/// A feed to be made; its filter not yet understood.
public struct FeedForm: Hashable, Sendable {
    public let name: String
    public let filter: String?
    public let form: CalendarFeed.Form
    public let includesCompleted: Bool

    /// Reads `{name, filter?, form?, include_completed?}`: without a filter all tasks with a due date, as events, open
    /// ones alone.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("name")
        name = reader.text("name", .feedName) ?? ""
        filter = reader.value("filter") == .null ? nil : reader.text("filter", .filterExpression)
        form = reader.parsed("form", expected: "events or todos") { CalendarFeed.Form(rawValue: $0) } ?? .events
        includesCompleted = reader.bool("include_completed") ?? false
        try reader.finish()
    }
}
