/// The table of event types: what is done with events of each, wherever somebody has to know. To add a type, add a row,
/// its schema in `docs/events` and its golden file.
///
/// Nothing else compares types; a test sees to that.
public enum EventTypes {
    /// What is done with events of one type.
    public struct Row: Sendable {
        public let type: EventType
        /// What they are about.
        public let subject: Subject.Kind
        /// Where they are published.
        public let topic: Topic
        /// What they are in order by there.
        public let key: PartitionKey
        /// What the audit log says of them.
        public let audit: AuditShape
        /// What open windows are told of them.
        public let frame: FrameShape
        /// Who acts on them, beside those who take everything: the audit-service and the websocket-service.
        public let takers: Set<ProcessRole>
    }

    /// Events with the same key stay in order on their topic.
    public enum PartitionKey: Sendable {
        /// What the event is about.
        case subject
        /// Whose event it is.
        case user
    }

    /// Where in the payload of an event is what was before, and what is after.
    public enum AuditShape: Sendable {
        /// Before: nothing. After: that member of the payload, an object.
        case created(String)
        /// Before: that member of the payload, an object. After: nothing.
        case removed(String)
        /// Before and after are `from` and `to` of each of `changes`.
        case changes
        /// Before: nothing. After: all of the payload but what it is about.
        case payload
    }

    /// What of an event's payload an open window is told.
    public enum FrameShape: Sendable {
        /// The task, and what of it has changed.
        case task
        /// What reminds of a task.
        case reminder
        /// What it is about, what of it has changed, and that member of the payload, if there is one.
        case hint(String?)
    }

    /// The row of a type; nil for one that this version does not know.
    public static func row(of type: EventType) -> Row? { rows[type] }

    /// - Throws: ``ErrandError/malformedEvent(_:)`` for types that this version does not know.
    public static func knownRow(of type: EventType) throws(ErrandError) -> Row {
        guard let row = rows[type] else { throw .malformedEvent("The type is not known.") }
        return row
    }

    /// The types that a role acts on.
    public static func types(for role: ProcessRole) -> Set<EventType> {
        Set(all.lazy.filter { $0.takers.contains(role) }.map(\.type))
    }

    /// Where events of these types are published, of all types for nil; each topic once.
    public static func topics(of types: Set<EventType>?) -> [Topic] {
        let found = Set(all.lazy.filter { types?.contains($0.type) ?? true }.map(\.topic))
        return Topic.allCases.filter(found.contains)
    }

    /// What an event of that type is about; its first word where this version does not know it.
    package static func subject(of type: EventType) -> Subject.Kind {
        row(of: type)?.subject ?? Subject.Kind(String(type.name.prefix { $0 != "." }))
    }

    /// The type of the update that windows are sent of an event of that shape.
    static func update(_ shape: FrameShape) -> EventType {
        switch shape {
        case .task, .reminder: .taskStateChanged
        case .hint: .accountStateChanged
        }
    }

    /// The types of the topic `task-updates`, which are derived from the others.
    public static let updates: Set<EventType> = [.taskStateChanged, .accountStateChanged]

    private static let rows = Dictionary(uniqueKeysWithValues: all.map { ($0.type, $0) })

    /// All types that this version knows, but for ``updates``.
    public static let all: [Row] =
        [
            task(.taskCreated, audit: .created("task_data")), task(.taskUpdated),
            task(.taskCompleted, for: .recurringTaskService), task(.taskReopened), task(.taskSkipped),
            task(.taskDeleted), task(.taskRestored),
            Row(
                type: .reminderTrigger, subject: .task, topic: .reminders, key: .user, audit: .payload,
                frame: .reminder, takers: [.notificationService]
            ),
        ] + [
            own(.notificationAdded, .notification, .created("notification"), tells: "notification"),
            own(.notificationRead, .notification, .changes),
            own(.notificationDeleted, .notification, .removed("notification")),
            own(.inboxRead, .account, .changes),
            own(.channelAdded, .channel, .created("channel"), tells: "channel"),
            own(.channelChanged, .channel, .changes, tells: "channel"),
            own(.channelRemoved, .channel, .removed("channel")),
            own(.channelSecretRotated, .channel, .payload),
            own(.filterAdded, .filter, .created("filter"), tells: "filter"),
            own(.filterChanged, .filter, .changes, tells: "filter"),
            own(.filterRemoved, .filter, .removed("filter")),
            own(.accountCreated, .account, .created("account")),
            own(.accountDeleted, .account, .payload),
            own(.addressVerified, .account, .payload), own(.addressChanged, .account, .payload),
            own(.settingsChanged, .account, .changes, tells: "settings"),
            own(.passwordChanged, .account, .payload),
            own(.tokenCreated, .token, .created("token")), own(.tokenDeleted, .token, .removed("token")),
            own(.feedCreated, .feed, .created("feed")), own(.feedDeleted, .feed, .removed("feed")),
            own(.sessionStarted, .session, .created("session")), own(.sessionEnded, .session, .payload),
        ]

    /// Programs of users are told of each.
    private static func task(
        _ type: EventType, audit: AuditShape = .changes, for takers: ProcessRole...
    ) -> Row {
        Row(
            type: type, subject: .task, topic: .taskEvents, key: .subject, audit: audit, frame: .task,
            takers: Set(takers).union([.notificationService])
        )
    }

    /// What happens to a person's own things.
    private static func own(
        _ type: EventType, _ subject: Subject.Kind, _ audit: AuditShape, tells member: String? = nil
    ) -> Row {
        Row(
            type: type, subject: subject, topic: .taskEvents, key: .user, audit: audit, frame: .hint(member),
            takers: []
        )
    }
}

extension EventType {
    public static let taskCreated = EventType("task.created")
    public static let taskUpdated = EventType("task.updated")
    public static let taskCompleted = EventType("task.completed")
    public static let taskReopened = EventType("task.reopened")
    public static let taskSkipped = EventType("task.skipped")
    public static let taskDeleted = EventType("task.deleted")
    public static let taskRestored = EventType("task.restored")
    public static let reminderTrigger = EventType("reminder.trigger")
    public static let notificationAdded = EventType("notification.added")
    public static let notificationRead = EventType("notification.read")
    public static let notificationDeleted = EventType("notification.deleted")
    /// All notifications that were unread were read at once.
    public static let inboxRead = EventType("inbox.read")
    public static let channelAdded = EventType("channel.added")
    public static let channelChanged = EventType("channel.changed")
    public static let channelRemoved = EventType("channel.removed")
    /// The secret that the calls of a webhook are signed with was replaced.
    public static let channelSecretRotated = EventType("channel.secret_rotated")
    /// A filter of tasks was saved.
    public static let filterAdded = EventType("filter.added")
    public static let filterChanged = EventType("filter.changed")
    public static let filterRemoved = EventType("filter.removed")
    public static let accountCreated = EventType("account.created")
    /// Nothing follows it: log and audit of the account end here.
    public static let accountDeleted = EventType("account.deleted")
    /// Whoever has the account reads the mails to its address.
    public static let addressVerified = EventType("address.verified")
    /// The account has another address, which is verified.
    public static let addressChanged = EventType("address.changed")
    public static let settingsChanged = EventType("settings.changed")
    public static let passwordChanged = EventType("password.changed")
    public static let tokenCreated = EventType("token.created")
    public static let tokenDeleted = EventType("token.deleted")
    /// A calendar feed was made.
    public static let feedCreated = EventType("feed.created")
    public static let feedDeleted = EventType("feed.deleted")
    public static let sessionStarted = EventType("session.started")
    public static let sessionEnded = EventType("session.ended")
    /// Of a task, or of what reminds of one.
    static let taskStateChanged = EventType("task.state_changed")
    /// Of anything else.
    static let accountStateChanged = EventType("account.state_changed")
}
