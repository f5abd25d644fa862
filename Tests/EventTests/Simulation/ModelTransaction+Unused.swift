import CivilTime
import ErrandCore

/// What no part of the simulation asks for.
extension ModelTransaction {
    private func unused() -> Never { preconditionFailure("The simulation has no such table.") }

    var tasks: any TaskTable { unused() }
    var tags: any TagTable { unused() }
    var accounts: any AccountTable { unused() }
    var sessions: any SessionTable { unused() }
    var tokens: any PersonalTokenTable { unused() }
    var signingKeys: any SigningKeyTable { unused() }
    var reminders: any ReminderTable { unused() }
    var audit: any AuditTable { unused() }
    var notifications: any NotificationTable { unused() }
    var destinations: any DestinationTable { unused() }
    var deliveries: any DeliveryTable { unused() }
    var digests: any DigestTable { unused() }
    var zoneData: any ZoneDataTable { unused() }
    var savedFilters: any SavedFilterTable { unused() }
    var calendarObjects: any CalendarObjectTable { unused() }
    var feeds: any CalendarFeedTable { unused() }
    var conversations: any ConversationTable { unused() }
    var undo: any UndoTable { unused() }
    var replies: any ReplyTable { unused() }
    var mails: any MailTable { unused() }
    var mailTokens: any MailTokenTable { unused() }
    var erasure: any ErasureTable { unused() }

    func takeChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber { unused() }
    func lastChangeNumber(in space: SpaceID) throws(ErrandError) -> ChangeNumber { unused() }
    func append(_ event: Event, as number: ChangeNumber) throws(ErrandError) { unused() }
    func place(beforeLast count: Int) throws(ErrandError) -> Int64 { unused() }
    func backlog(of consumer: String?) throws(ErrandError) -> EventBacklog { unused() }
    func deadLetterCounts() throws(ErrandError) -> [String: Int] { unused() }
    func purge(before instant: Instant, doneBy consumers: [String], limit: Int) throws(ErrandError) -> Int { unused() }
    func purgeInbox(before instant: Instant, limit: Int) throws(ErrandError) -> Int { unused() }
    func requestReplay(of consumer: String, event: EventID?) throws(ErrandError) -> Int { unused() }

    func events(
        in space: SpaceID, after number: ChangeNumber, limit: Int
    ) throws(ErrandError) -> [StoredEvent] { unused() }
}
