public import CivilTime

/// The inboxes of all users; every call names the owner.
public protocol NotificationTable {
    /// Adds a notification with its receipts. Adding the same one again changes nothing.
    ///
    /// - Returns: whether it is new.
    @discardableResult
    func insert(_ notification: Notification) throws(ErrandError) -> Bool
    func find(_ id: NotificationID, of owner: UserID) throws(ErrandError) -> Notification?
    /// Of those in the inbox, the newest first, from the one after `after`.
    func page(
        of owner: UserID, unreadOnly: Bool, after: NotificationID?, limit: Int
    ) throws(ErrandError) -> [Notification]
    func unreadCount(of owner: UserID) throws(ErrandError) -> Int
    /// Marks one as read, or all; those that are read keep their time. Returns how many were unread.
    func markRead(_ id: NotificationID?, of owner: UserID, at instant: Instant) throws(ErrandError) -> Int
    /// - Returns: false when there is no such notification.
    func delete(_ id: NotificationID, of owner: UserID) throws(ErrandError) -> Bool
    /// Removes up to `limit` notifications from before `instant`, and those outside of the inbox from before `outside`.
    /// Returns how many.
    func purge(before instant: Instant, outsideInbox outside: Instant, limit: Int) throws(ErrandError) -> Int
}
