public import CivilTime

/// Something that a user is told: kept in their inbox until they remove it, or only on its way to their channels.
public struct Notification: Hashable, Sendable {
    public let id: NotificationID
    public let userID: UserID
    public let type: NotificationType
    /// The reminder that it comes from; nil for other types.
    public let reminderID: ReminderID?
    /// The task that it is about; nil where it is about none.
    public let taskID: TaskID?
    /// The title of the task when it came up, or a sentence.
    public let title: String
    public let dueAt: Instant?
    /// When it was meant to come up.
    public let remindAt: Instant
    public let isLate: Bool
    public let createdAt: Instant
    public var readAt: Instant?
    /// Whether it is in the inbox; else it is there for the sake of its deliveries.
    public let isInInbox: Bool
    public let receipts: [Receipt]
    /// What the type has to say beside that: `body`, `path`, `lines` of a digest, the `event` of a task.
    public let payload: JSONObject

    /// The inbox of the page and the command line.
    public static let inApp = ChannelKind.inApp.rawValue

    /// What became of telling the user over one channel at once. What became of the others is in the deliveries.
    public struct Receipt: Hashable, Sendable {
        public enum Status: String, Sendable {
            case delivered, failed
        }

        /// `in_app`; earlier versions wrote nothing else.
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

    package init(
        id: NotificationID, userID: UserID, type: NotificationType = .reminder, reminderID: ReminderID?,
        taskID: TaskID?, title: String, dueAt: Instant?, remindAt: Instant, isLate: Bool, createdAt: Instant,
        readAt: Instant?, isInInbox: Bool = true, receipts: [Receipt], payload: JSONObject = [:]
    ) {
        self.id = id
        self.userID = userID
        self.type = type
        self.reminderID = reminderID
        self.taskID = taskID
        self.title = title
        self.dueAt = dueAt
        self.remindAt = remindAt
        self.isLate = isLate
        self.createdAt = createdAt
        self.readAt = readAt
        self.isInInbox = isInInbox
        self.receipts = receipts
        self.payload = payload
    }

    /// What comes up now, in the inbox if `isInInbox` says so.
    package init(
        id: NotificationID, userID: UserID, type: NotificationType, taskID: TaskID? = nil, title: String,
        at now: Instant, isInInbox: Bool, payload: JSONObject = [:]
    ) {
        self.init(
            id: id, userID: userID, type: type, reminderID: nil, taskID: taskID, title: title, dueAt: nil,
            remindAt: now, isLate: false, createdAt: now, readAt: nil, isInInbox: isInInbox,
            receipts: Notification.receipts(isInInbox: isInInbox, at: now), payload: payload
        )
    }

    /// What a `reminder.trigger` tells its user. The id is that of the event: told twice, it is one notification.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    public init(_ event: Event, at now: Instant, isInInbox: Bool = true) throws(ErrandError) {
        let payload = try event.body().payload
        func instant(_ name: String) -> Instant? { payload[name]?.string.flatMap { Instant($0) } }
        guard let reminderID = payload["reminder_id"]?.string.flatMap({ ReminderID($0) }),
            let title = payload["title"]?.string, let remindAt = instant("remind_at")
        else { throw .malformedEvent("payload lacks reminder_id, title or remind_at.") }
        self.init(
            id: NotificationID(event.id.value), userID: event.userID, type: .reminder, reminderID: reminderID,
            taskID: try event.task(), title: title, dueAt: instant("due_at"), remindAt: remindAt,
            isLate: payload["late"]?.bool ?? false, createdAt: now, readAt: nil, isInInbox: isInInbox,
            receipts: Notification.receipts(isInInbox: isInInbox, at: now), payload: [:]
        )
    }

    /// What programs are told of an event of a task: all that it says. The id is that of the event.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    package init(ofTask event: Event, at now: Instant) throws(ErrandError) {
        let title = try event.body().payload["task_data"]?["title"]?.string ?? ""
        guard let data = try? JSONValue.parse(event.data) else { throw .malformedEvent("The data is not JSON.") }
        self.init(
            id: NotificationID(event.id.value), userID: event.userID, type: .taskEvent, taskID: try event.task(),
            title: title, at: now, isInInbox: false, payload: ["event": data]
        )
    }

    /// Adding to the inbox is delivery over the channel `in_app`.
    private static func receipts(isInInbox: Bool, at now: Instant) -> [Receipt] {
        isInInbox ? [Receipt(channel: ChannelKind.inApp.rawValue, status: .delivered, at: now)] : []
    }

    /// The same, kept out of the inbox.
    package var outsideInbox: Notification {
        Notification(
            id: id, userID: userID, type: type, reminderID: reminderID, taskID: taskID, title: title, dueAt: dueAt,
            remindAt: remindAt, isLate: isLate, createdAt: createdAt, readAt: readAt, isInInbox: false, receipts: [],
            payload: payload
        )
    }

    /// Of the event that says that it is there: told twice, it is one event.
    package var addedEventID: EventID { EventID(.derived(from: id.value, 2)) }

    /// As every door shows it. Types other than reminders have `body` and `path` besides.
    public var json: JSONValue {
        var object: JSONObject = [
            "id": .string(id.description), "kind": .string(type.rawValue),
            "reminder_id": JSONValue(text: reminderID?.description),
            "task_id": JSONValue(text: taskID?.description), "title": .string(title),
            "due_at": JSONValue(text: dueAt?.description), "remind_at": .string(remindAt.description),
            "late": .bool(isLate), "created_at": .string(createdAt.description),
            "read_at": JSONValue(text: readAt?.description), "receipts": .array(receipts.map(\.json)),
        ]
        for name in ["body", "path"] {
            if let value = payload[name] { object.append(name, value) }
        }
        return .object(object)
    }
}
