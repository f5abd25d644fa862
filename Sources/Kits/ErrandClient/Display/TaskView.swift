public import CivilTime
public import ErrandCore

/// A task as the server describes it, read forgivingly: what is missing or unknown is left out.
public struct TaskView: Equatable, Sendable {
    public let id: String
    public let number: Int64
    public let title: String
    public let description: String
    public let isCompleted: Bool
    public let priority: Priority
    public let tags: [String]
    public let due: Due?
    /// How it comes again: in words, or as an RRULE where there are none.
    public let recurrence: String?
    /// When the next reminder is due.
    public let reminderAt: Instant?
    public let version: Int64
    public let createdAt: Instant?
    public let updatedAt: Instant?
    public let completedAt: Instant?
    public let deletedAt: Instant?

    /// - Returns: nil when the value is not a task.
    public init?(_ json: JSONValue) {
        guard let number = json["number"]?.integer, let title = json["title"]?.string else { return nil }
        func instant(_ name: String) -> Instant? { json[name]?.string.flatMap { Instant($0) } }
        self.number = number
        self.title = title
        id = json["id"]?.string ?? ""
        description = json["description"]?.string ?? ""
        isCompleted = json["completed"]?.bool ?? false
        priority = json["priority"]?.string.flatMap(Priority.init(name:)) ?? .standard
        tags = json["tags"]?.array?.compactMap(\.string) ?? []
        due = json["due"].flatMap { Due(view: $0) }
        recurrence = json["recurrence"]?["text"]?.string ?? json["recurrence"]?["rrule"]?.string
        reminderAt = instant("reminder_at")
        version = json["version"]?.integer ?? 0
        createdAt = instant("created_at")
        updatedAt = instant("updated_at")
        completedAt = instant("completed_at")
        deletedAt = instant("deleted_at")
    }

    /// `12: Buy milk`, ready for a terminal.
    public var label: String { "\(number): \(PlainText.line(title))" }
}

extension Due {
    /// A zone that this machine does not know counts as floating.
    fileprivate init?(view json: JSONValue) {
        guard let date = json["date"]?.string.flatMap({ LocalDate($0) }) else { return nil }
        guard let time = json["time"]?.string.flatMap({ LocalTime($0) }) else {
            self = .date(date)
            return
        }
        if let zone = json["time_zone"]?.string.flatMap(Zone.init(identifier:)) {
            self = .zoned(date, time, zone)
        } else {
            self = .floating(date, time)
        }
    }
}
