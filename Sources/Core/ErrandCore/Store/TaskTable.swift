public import CivilTime

/// Tasks of all spaces; every call names the space.
public protocol TaskTable {
    /// The task, in the trash or not; nil when the space has no such task.
    func find(_ reference: TaskReference, in space: SpaceID) throws(ErrandError) -> TodoTask?

    /// Adds the task with its search entry and tags.
    func insert(_ task: TodoTask) throws(ErrandError)

    /// Replaces the task with its search entry and tags, as far as they differ from what `before` says.
    ///
    /// - Parameter before: the task as its row has it now.
    func update(_ task: TodoTask, replacing before: TodoTask) throws(ErrandError)

    func page(_ page: PageRequest, of filter: TaskFilter, in space: SpaceID) throws(ErrandError) -> TaskPage

    func count(_ filter: TaskFilter, in space: SpaceID) throws(ErrandError) -> Int

    /// How far the space has come, in one look that reads no task; nil for one in which nothing has ever changed.
    func state(in space: SpaceID) throws(ErrandError) -> SpaceState?

    /// The next task number of this space: 1, 2, 3 …
    func takeNumber(in space: SpaceID) throws(ErrandError) -> Int64

    /// The next task number and the next change number of this space in one step: for a new task and its event.
    func takeNumbers(in space: SpaceID) throws(ErrandError) -> (task: Int64, change: ChangeNumber)

    /// Every task of this space by number, the trash included, from the one after `number`.
    func all(in space: SpaceID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask]

    /// Tasks of a series, those in the trash included, the latest number first.
    func inSeries(_ id: SeriesID, in space: SpaceID, limit: Int) throws(ErrandError) -> [TodoTask]

    /// Tasks that stand elsewhere on the time line when settings change: their due date follows them
    /// (``Due/followsUser``) or they have reminders; by number.
    func followingSettings(in space: SpaceID, after number: Int64, limit: Int) throws(ErrandError) -> [TodoTask]

    /// Removes up to `limit` tasks for good that went to the trash before `instant`. Returns how many.
    func purgeTrash(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}
