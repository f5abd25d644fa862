/// What a calendar program wrote of a task, kept to be given back: its names for it, and everything that a task has no
/// place for.
public struct KeptCalendarObject: Hashable, Sendable {
    public let taskID: TaskID
    /// The last part of its address, as the program chose it.
    public var name: String
    /// What programs know the to-do by (UID); the same for good.
    public let uid: String
    /// iCalendar, at most ``Limits/calendarObjectBytesMax`` octets of UTF-8.
    public var text: String
    /// Grows with every change of any object of the space.
    public var revision: Int64

    public init(taskID: TaskID, name: String, uid: String, text: String, revision: Int64) {
        self.taskID = taskID
        self.name = name
        self.uid = uid
        self.text = text
        self.revision = revision
    }
}

/// Calendar objects of tasks that programs have written to; every call names the space. They go with their tasks.
public protocol CalendarObjectTable {
    func find(task id: TaskID, in space: SpaceID) throws(ErrandError) -> KeptCalendarObject?
    func find(name: String, in space: SpaceID) throws(ErrandError) -> KeptCalendarObject?
    func find(uid: String, in space: SpaceID) throws(ErrandError) -> KeptCalendarObject?
    /// Those of tasks with these numbers.
    func all(of numbers: ClosedRange<Int64>, in space: SpaceID) throws(ErrandError) -> [KeptCalendarObject]
    /// Tasks whose objects have changed after that revision.
    func changed(after revision: Int64, in space: SpaceID) throws(ErrandError) -> [TaskID]
    /// The highest revision; 0 where there is no object.
    func lastRevision(in space: SpaceID) throws(ErrandError) -> Int64
    /// Adds the object of a task, or replaces it.
    func save(_ object: KeptCalendarObject, of task: TodoTask) throws(ErrandError)
}
