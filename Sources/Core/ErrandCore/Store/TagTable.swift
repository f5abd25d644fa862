/// The tags of tasks, as a table of their own.
public protocol TagTable {
    /// Tags of tasks that are not in the trash, by key.
    func counts(in space: SpaceID) throws(ErrandError) -> [TagCount]

    /// Up to `limit` tasks that carry the tag, those in the trash included, by number.
    func tasks(with key: String, in space: SpaceID, limit: Int) throws(ErrandError) -> [TodoTask]
}
