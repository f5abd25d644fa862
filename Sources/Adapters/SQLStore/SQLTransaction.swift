import ErrandCore

/// One transaction as the domain sees it.
struct SQLTransaction: StoreTransaction {
    private let runner: SQLRunner

    init(
        connection: any SQLConnection, dialect: any SQLDialect, isWriting: Bool,
        report: @escaping @Sendable (SQLError) -> Void
    ) {
        runner = SQLRunner(connection: connection, dialect: dialect, isWriting: isWriting, report: report)
    }

    /// Does what has to be done right before the commit.
    ///
    /// - Returns: what is to be told of the transaction, and whether its events wait for their places in the log.
    func finish() throws(ErrandError) -> (news: Set<StoreNews>, hasArrivals: Bool) {
        try runner.finish()
        return (runner.news, runner.hasArrivals)
    }

    var tasks: any TaskTable { SQLTaskTable(runner: runner) }
    var tags: any TagTable { SQLTagTable(runner: runner) }
    var accounts: any AccountTable { SQLAccountTable(runner: runner) }
    var sessions: any SessionTable { SQLSessionTable(runner: runner) }
    var tokens: any PersonalTokenTable { SQLPersonalTokenTable(runner: runner) }
    var signingKeys: any SigningKeyTable { SQLSigningKeyTable(runner: runner) }
    var outbox: any OutboxTable { SQLOutboxTable(runner: runner) }
    var consumers: any ConsumerTable { SQLConsumerTable(runner: runner) }
    var reminders: any ReminderTable { SQLReminderTable(runner: runner) }
    var audit: any AuditTable { SQLAuditTable(runner: runner) }
    var notifications: any NotificationTable { SQLNotificationTable(runner: runner) }
    var destinations: any DestinationTable { SQLDestinationTable(runner: runner) }
    var deliveries: any DeliveryTable { SQLDeliveryTable(runner: runner) }
    var digests: any DigestTable { SQLDigestTable(runner: runner) }
    var savedFilters: any SavedFilterTable { SQLSavedFilterTable(runner: runner) }
    var calendarObjects: any CalendarObjectTable { SQLCalendarObjectTable(runner: runner) }
    var feeds: any CalendarFeedTable { SQLCalendarFeedTable(runner: runner) }
    var conversations: any ConversationTable { SQLConversationTable(runner: runner) }
    var undo: any UndoTable { SQLUndoTable(runner: runner) }
    var replies: any ReplyTable { SQLReplyTable(runner: runner) }
    var mails: any MailTable { SQLMailTable(runner: runner) }
    var mailTokens: any MailTokenTable { SQLMailTokenTable(runner: runner) }
    var erasure: any ErasureTable { SQLErasureTable(runner: runner) }
    var zoneData: any ZoneDataTable { SQLZoneDataTable(runner: runner) }

    func attempt<Result>(_ body: () throws(ErrandError) -> Result) throws(ErrandError) -> Result {
        try runner.attempt(body)
    }
}
