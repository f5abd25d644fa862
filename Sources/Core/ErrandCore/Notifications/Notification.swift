public import CivilTime

/// Something that a user is told, kept in their inbox until they remove it.
public struct Notification: Hashable, Sendable {
    public let id: NotificationID
    public let userID: UserID
    public let reminderID: ReminderID
    public let taskID: TaskID
    /// The title of the task when it reminded.
    public let title: String
    public let dueAt: Instant?
    /// When it was meant to remind.
    public let remindAt: Instant
    public let isLate: Bool
    public let createdAt: Instant
    public var readAt: Instant?
    public var receipts: [Receipt]

    /// What became of telling the user over one channel.
    public struct Receipt: Hashable, Sendable {
        public enum Status: String, Sendable {
            case delivered, failed
        }

        /// `in_app`, or later the name of an outside channel.
        public let channel: String
        public let status: Status
        public let at: Instant

        public init(channel: String, status: Status, at: Instant) {
            self.channel = channel
            self.status = status
            self.at = at
        }

        public var json: JSONValue {
            ["channel": .string(channel), "status": .string(status.rawValue), "at": .string(at.description)]
        }
    }

    /// The inbox of the page and the command line.
    public static let inApp = "in_app"

    package init(
        id: NotificationID, userID: UserID, reminderID: ReminderID, taskID: TaskID, title: String, dueAt: Instant?,
        remindAt: Instant, isLate: Bool, createdAt: Instant, readAt: Instant?, receipts: [Receipt]
    ) {
        self.id = id
        self.userID = userID
        self.reminderID = reminderID
        self.taskID = taskID
        self.title = title
        self.dueAt = dueAt
        self.remindAt = remindAt
        self.isLate = isLate
        self.createdAt = createdAt
        self.readAt = readAt
        self.receipts = receipts
    }

    /// What a `reminder.trigger` tells its user. The id is that of the event: told twice, it is one notification.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    public init(_ event: Event, at now: Instant) throws(ErrandError) {
        let payload = try event.body().payload
        func instant(_ name: String) -> Instant? { payload[name]?.string.flatMap { Instant($0) } }
        guard let reminderID = payload["reminder_id"]?.string.flatMap({ ReminderID($0) }),
            let title = payload["title"]?.string, let remindAt = instant("remind_at")
        else { throw .malformedEvent("payload lacks reminder_id, title or remind_at.") }
        self.init(
            id: NotificationID(event.id.value), userID: event.userID, reminderID: reminderID,
            taskID: try event.task(), title: title, dueAt: instant("due_at"), remindAt: remindAt,
            isLate: payload["late"]?.bool ?? false, createdAt: now, readAt: nil,
            receipts: [Receipt(channel: Notification.inApp, status: .delivered, at: now)]
        )
    }

    /// Of the event that says that it is there: told twice, it is one event.
    package var addedEventID: EventID { EventID(.derived(from: id.value, 2)) }

    public var json: JSONValue {
        [
            "id": .string(id.description), "kind": "reminder", "reminder_id": .string(reminderID.description),
            "task_id": .string(taskID.description), "title": .string(title),
            "due_at": JSONValue(text: dueAt?.description), "remind_at": .string(remindAt.description),
            "late": .bool(isLate), "created_at": .string(createdAt.description),
            "read_at": JSONValue(text: readAt?.description), "receipts": .array(receipts.map(\.json)),
        ]
    }
}
