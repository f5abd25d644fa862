/// Marks a notification as read. Done again, it keeps the time of the first.
public struct ReadNotification: Command {
    public let id: NotificationID
    public let requiredScope = Scope.writeTasks

    public init(_ id: NotificationID) {
        self.id = id
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Notification {
        let table = context.transaction.notifications
        _ = try table.markRead(id, of: context.member, at: context.now)
        guard let notification = try table.find(id, of: context.member) else { throw .notFound(.notification) }
        return notification
    }
}

/// Marks everything in the inbox as read.
public struct ReadAllNotifications: Command {
    public let requiredScope = Scope.writeTasks

    public init() {}

    /// - Returns: how many were unread.
    public func execute(in context: CommandContext) throws(ErrandError) -> Int {
        try context.transaction.notifications.markRead(nil, of: context.member, at: context.now)
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
        guard try context.transaction.notifications.delete(id, of: context.member) else {
            throw .notFound(.notification)
        }
    }
}
