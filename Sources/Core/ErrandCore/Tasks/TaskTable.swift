public import CivilTime

/// Tasks of all users; every call names the owner.
public protocol TaskTable {
    /// The task, in the trash or not; nil when this user has no such task.
    func find(_ reference: TaskReference, of owner: UserID) throws(ErrandError) -> TodoTask?

    /// Adds the task with its search entry and tags.
    func insert(_ task: TodoTask) throws(ErrandError)

    /// Replaces the task with its search entry and tags, as far as they differ from what `before` says.
    ///
    /// - Parameter before: the task as its row has it now.
    func update(_ task: TodoTask, replacing before: TodoTask) throws(ErrandError)

    func page(_ page: PageRequest, of filter: TaskFilter, for owner: UserID) throws(ErrandError) -> TaskPage

    func count(_ filter: TaskFilter, for owner: UserID) throws(ErrandError) -> Int

    /// The next task number of this user: 1, 2, 3 …
    func takeNumber(for owner: UserID) throws(ErrandError) -> Int64

    /// The next task number and the next change number of this user in one step: for a new task and its event.
    func takeNumbers(for owner: UserID) throws(ErrandError) -> (task: Int64, change: Int64)

    /// Every task of this user by number, the trash included, from the one after `number`.
    func all(of owner: UserID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask]

    /// Tasks of a series, those in the trash included, the latest number first.
    func inSeries(_ id: SeriesID, of owner: UserID, limit: Int) throws(ErrandError) -> [TodoTask]

    /// Tasks that stand elsewhere on the time line when the user's settings change: their due date follows them
    /// (``Due/followsUser``) or they have reminders; by number.
    func followingUser(_ owner: UserID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask]

    /// Removes up to `limit` tasks for good that went to the trash before `instant`. Returns how many.
    func purgeTrash(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}

/// The tags of tasks, as a table of their own.
public protocol TagTable {
    /// Tags of tasks that are not in the trash, by key.
    func counts(of owner: UserID) throws(ErrandError) -> [TagCount]

    /// Up to `limit` tasks that carry the tag, those in the trash included, by number.
    func tasks(with key: String, of owner: UserID, limit: Int) throws(ErrandError) -> [TodoTask]
}

/// How often a tag is used.
public struct TagCount: Hashable, Sendable {
    public let tag: Tag
    public let count: Int
    public let pending: Int

    public init(tag: Tag, count: Int, pending: Int) {
        self.tag = tag
        self.count = count
        self.pending = pending
    }

    public var json: JSONValue {
        ["name": .string(tag.name), "count": JSONValue(count), "pending": JSONValue(pending)]
    }
}
