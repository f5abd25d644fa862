package import CivilTime

/// What is known of a delivery when it is to be sent: looked up then, since it may have come up hours ago.
package struct DeliveryFacts: Sendable {
    package let due: DueDelivery
    package let user: User
    /// As it is now; nil where there is none, or it is gone or in the trash.
    package let task: TodoTask?

    /// - Throws: what the store throws.
    package init?(_ due: DueDelivery, in transaction: any StoreTransaction) throws(ErrandError) {
        guard let user = try transaction.accounts.find(due.delivery.ownerID) else { return nil }
        self.due = due
        self.user = user
        var task: TodoTask?
        if let id = due.notification.taskID {
            task = try transaction.tasks.find(.id(id), in: user.id.personalSpace)
        }
        self.task = task.flatMap { $0.isInTrash ? nil : $0 }
    }

    package func circumstances(at now: Instant) -> DeliveryPlan.Circumstances {
        let (type, kind) = (due.notification.type, due.delivery.kind)
        var known = DeliveryPlan.Circumstances(status: due.destination.status, type: type)
        known.isWanted = user.settings.notifications.kinds(for: type).contains(kind)
        known.isDone = type == .reminder && !due.delivery.isReplayed && (task?.isCompleted ?? true)
        known.isRead = due.notification.readAt != nil
        if kind.keepsQuiet(for: type), let hours = user.settings.quietHours {
            let end = hours.end(for: now, in: user.settings.zone)
            known.quietUntil = end > now ? end : nil
        }
        return known
    }

    /// What is sent.
    package func message(for delivery: Delivery, at now: Instant) -> OutgoingMessage {
        let notification = due.notification
        var message = OutgoingMessage(
            notificationID: notification.id, userID: user.id, userName: user.name, type: notification.type,
            title: task?.title ?? notification.title, body: notification.payload["body"]?.string ?? "",
            path: path, remindAt: notification.remindAt, language: user.settings.spokenLanguage,
            zone: user.settings.zone,
            topicKey: topicKey, timeToLive: max(delivery.expiresAt - now, .seconds(1)), urgency: urgency
        )
        message.taskID = notification.taskID
        message.taskNumber = task?.number
        message.reminderID = notification.reminderID
        message.due = task?.due
        message.dueAt = task.map { $0.dueSpan?.start } ?? notification.dueAt
        message.isLate = notification.isLate
        message.lines = (notification.payload["lines"]?.array ?? []).compactMap(OutgoingMessage.Line.init)
        message.event = notification.payload["event"]
        if notification.type == .reminder {
            message.actions = [.done, .snooze, .open]
            message.body = dueSentence
        }
        return delivery.isShortened ? message.shortened : message
    }

    private var path: String {
        if let path = due.notification.payload["path"]?.string { return path }
        return due.notification.taskID.map { "/#/tasks/\($0)" } ?? "/"
    }

    /// Under the same key for every message about the task, else for every message of the type to the user.
    private var topicKey: String {
        let source = due.notification.taskID?.value ?? user.id.value
        let place = NotificationType.allCases.firstIndex(of: due.notification.type) ?? 0
        let number = due.notification.taskID == nil ? 100 + place : 100
        return UniqueID.derived(from: source, number).description.replacing("-", with: "")
    }

    private var urgency: OutgoingMessage.Urgency {
        switch due.notification.type {
        case .reminder, .security, .test: .high
        case .taskEvent: .normal
        case .digest: .low
        }
    }

    private var dueSentence: String {
        switch task?.due {
        case nil: ""
        case .date(let date)?: "Due \(date)"
        case .floating(let date, let time)?: "Due \(date), \(time)"
        case .zoned(let date, let time, let zone)?: "Due \(date), \(time) (\(zone.identifier))"
        }
    }
}

extension OutgoingMessage.Line {
    /// As it is kept in a notification.
    var json: JSONValue {
        [
            "task_id": .string(taskID.description), "number": .integer(number), "title": .string(title),
            "due": due?.json ?? .null, "overdue": .bool(isOverdue),
        ]
    }

    /// Reads ``json``.
    init?(_ json: JSONValue) {
        guard let id = json["task_id"]?.string.flatMap({ TaskID($0) }), let number = json["number"]?.integer,
            let title = json["title"]?.string
        else { return nil }
        self.init(
            taskID: id, number: number, title: title, due: json["due"].flatMap { Due($0) },
            isOverdue: json["overdue"]?.bool ?? false
        )
    }
}
