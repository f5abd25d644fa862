/// Notifications and conversations.
extension Catalogue {
    public static let listNotifications = CatalogueEntry<ListNotifications.Page>(
        "notifications.list", "Lists the inbox: what reminders have said.", scope: .readTasks, reads: .parameters,
        read: { (input) throws(ErrandError) in .query(try ListNotifications(input.parameters)) },
        json: \.json, sentence: { "\(Sentences.count($0.notifications.count, "notification")), \($0.unread) unread." }
    )

    public static let readNotification = CatalogueEntry<Notification>(
        "notifications.read", "Marks a notification as read.", scope: .writeTasks, about: .notification,
        read: { (input) throws(ErrandError) in .command(ReadNotification(try input.id(of: .notification))) },
        json: \.json, sentence: { _ in "Marked as read." }
    )

    public static let readAllNotifications = CatalogueEntry<Int>(
        "notifications.read-all", "Marks everything in the inbox as read.", scope: .writeTasks,
        read: { _ in .command(ReadAllNotifications()) },
        json: { ["marked": JSONValue($0)] }, sentence: { "Marked as read: \($0)." }
    )

    public static let deleteNotification = CatalogueEntry<Void>(
        "notifications.delete", "Removes a notification from the inbox.", scope: .writeTasks, about: .notification,
        read: { (input) throws(ErrandError) in .command(DeleteNotification(try input.id(of: .notification))) },
        json: { nil }, sentence: { "Removed from the inbox." }
    )

    public static let listConversations = CatalogueEntry<ListConversations.Page>(
        "conversations.list", "Lists the conversations, the last used first.", scope: .readTasks, reads: .parameters,
        read: { (input) throws(ErrandError) in .conversation(try ListConversations(input.parameters)) },
        json: \.json, sentence: { "\(Sentences.count($0.conversations.count, "conversation"))." }
    )

    public static let readConversation = CatalogueEntry<Transcript>(
        "conversations.read", "Shows what was said in a conversation.", scope: .readTasks, about: .conversation,
        read: { (input) throws(ErrandError) in .conversation(ReadConversation(try input.id(of: .conversation))) },
        json: \.json, sentence: { "\(Sentences.count($0.turns.count, "turn"))." }
    )

    /// Done again it answers the same.
    public static let deleteConversation = CatalogueEntry<Void>(
        "conversations.delete", "Removes a conversation with all that was said in it.", scope: .writeTasks,
        about: .conversation,
        read: { (input) throws(ErrandError) in .conversation(DeleteConversation(try input.id(of: .conversation))) },
        json: { nil }, sentence: { "The conversation is gone." }
    )
}
