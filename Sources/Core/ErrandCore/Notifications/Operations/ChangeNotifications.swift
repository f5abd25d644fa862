import CivilTime

/// Marks a notification as read. Done again, it keeps the time of the first.
public struct ReadNotification: Command {
    public let id: NotificationID
    public let requiredScope = Scope.writeTasks

    public init(_ id: NotificationID) {
        self.id = id
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Notification {
        let table = context.transaction.notifications
        let isFirst = try table.markRead(id, of: context.member, at: context.now) > 0
        guard let notification = try table.find(id, of: context.member) else { throw .notFound(.notification) }
        if isFirst {
            let readAt = JSONValue(text: notification.readAt?.description)
            try context.record(
                .notificationRead, about: .notification(id), ["changes": ["read_at": ["from": .null, "to": readAt]]]
            )
        }
        return notification
    }
}

/// Marks everything in the inbox as read.
public struct ReadAllNotifications: Command {
    public let requiredScope = Scope.writeTasks

    public init() {}

    /// - Returns: how many were unread.
    public func execute(in context: CommandContext) throws(ErrandError) -> Int {
        let count = try context.transaction.notifications.markRead(nil, of: context.member, at: context.now)
        if count > 0 {
            try context.record(
                .inboxRead, about: .account(context.member),
                [
                    "changes": [
                        "unread": ["from": JSONValue(count), "to": 0],
                        "read_at": ["from": .null, "to": .string(context.now.description)],
                    ]
                ]
            )
        }
        return count
    }
}

/// Removes a notification from the inbox.
public struct DeleteNotification: Command {
    public let id: NotificationID
    public let requiredScope = Scope.writeTasks

    public init(_ id: NotificationID) {
        self.id = id
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        let table = context.transaction.notifications
        guard let notification = try table.find(id, of: context.member), try table.delete(id, of: context.member) else {
            throw .notFound(.notification)
        }
        try context.record(
            .notificationDeleted, about: .notification(id), ["notification": notification.json]
        )
    }
}
