public import CivilTime
public import TaskLanguage

/// What a channel sends, the same for all of them. Texts are the user's own: they never reach logs or metrics.
public struct OutgoingMessage: Hashable, Sendable {
    /// What a receiver can do at once, where the channel has buttons or links.
    public enum Action: String, CaseIterable, Sendable {
        case done, snooze, open
    }

    /// RFC 8030 §5.3.
    public enum Urgency: String, Sendable {
        case veryLow = "very-low"
        case low, normal, high
    }

    /// A task of a digest.
    public struct Line: Hashable, Sendable {
        public let taskID: TaskID
        public let number: Int64
        public let title: String
        public let due: Due?
        public let isOverdue: Bool

        public init(taskID: TaskID, number: Int64, title: String, due: Due?, isOverdue: Bool) {
            self.taskID = taskID
            self.number = number
            self.title = title
            self.due = due
            self.isOverdue = isOverdue
        }
    }

    public var notificationID: NotificationID
    public var userID: UserID
    /// The user's name; may be empty.
    public var userName: String
    public var type: NotificationType
    /// One line: the title of the task, or a sentence.
    public var title: String
    /// A sentence or a few lines; may be empty.
    public var body: String
    /// Where it leads, as a path of the page: begins with a slash.
    public var path: String
    public var taskID: TaskID?
    /// What people call the task; nil when the task is gone.
    public var taskNumber: Int64?
    /// What ``Action/snooze`` puts off; nil for anything but a reminder.
    public var reminderID: ReminderID?
    /// As entered; nil without one.
    public var due: Due?
    public var dueAt: Instant?
    /// When it was meant to be told.
    public var remindAt: Instant
    /// More than ``Limits/reminderLateness`` after ``remindAt`` when it came up.
    public var isLate: Bool
    public var actions: [Action]
    /// The tasks of a digest, the most urgent first; at most ``Limits/digestLinesMax``.
    public var lines: [Line]
    /// Of a ``NotificationType/taskEvent``: the data of the event as other programs get it (`docs/events`).
    public var event: JSONValue?
    public var language: Language
    public var zone: Zone
    /// Messages with the same key replace each other where a channel can do that: at most 32 characters of the
    /// base64url alphabet, the same for every message about one task.
    public var topicKey: String
    /// Counted from the sending; nobody needs it any more after that.
    public var timeToLive: Duration
    public var urgency: Urgency
    /// Whether it must be as short as it can be, since the channel found the whole of it too large.
    public var isShort: Bool

    /// Whether the user asked for it, to see that a destination works.
    public var isTest: Bool { type == .test }

    public init(
        notificationID: NotificationID, userID: UserID, userName: String, type: NotificationType, title: String,
        body: String, path: String, remindAt: Instant, language: Language, zone: Zone, topicKey: String,
        timeToLive: Duration, urgency: Urgency
    ) {
        self.notificationID = notificationID
        self.userID = userID
        self.userName = userName
        self.type = type
        self.title = title
        self.body = body
        self.path = path
        self.remindAt = remindAt
        self.language = language
        self.zone = zone
        self.topicKey = topicKey
        self.timeToLive = timeToLive
        self.urgency = urgency
        isLate = false
        actions = [.open]
        lines = []
        isShort = false
    }

    /// Title, task and where it leads; nothing else.
    package var shortened: OutgoingMessage {
        var short = self
        short.body = ""
        short.lines = []
        short.title = String(title.prefix(Limits.shortMessageTitleLength))
        short.isShort = true
        return short
    }
}
