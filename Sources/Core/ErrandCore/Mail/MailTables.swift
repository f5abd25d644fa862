public import CivilTime

/// Mails about accounts that wait to be sent. One that is sent, or can't be, is removed.
public protocol MailTable {
    /// Adds a mail. While one of the same kind waits for the same address, another changes nothing.
    func insert(_ mail: AccountMail) throws(ErrandError)
    /// Those that are due, the oldest first, held against other writers until the end of the transaction.
    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [AccountMail]
    /// When the next one is due; nil when none waits.
    func nextInstant() throws(ErrandError) -> Instant?
    /// Saves attempts and time of a mail. One that is gone stays so.
    func update(_ mail: AccountMail) throws(ErrandError)
    func delete(_ id: MailID) throws(ErrandError)
    /// Removes up to `limit` mails that were asked for before `instant`. Returns how many.
    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}

/// Tokens of links in mails.
public protocol MailTokenTable {
    /// - Parameter hash: SHA-256 of the secret.
    func insert(_ token: MailToken, hash: [UInt8]) throws(ErrandError)
    func find(hash: [UInt8]) throws(ErrandError) -> MailToken?
    /// Those of a user that are good for a purpose at `instant`.
    func count(of user: UserID, for purpose: MailToken.Purpose, at instant: Instant) throws(ErrandError) -> Int
    /// Those that went to an address, whoever had them sent, and are good for a purpose at `instant`.
    func count(
        to address: EmailAddress, for purpose: MailToken.Purpose, at instant: Instant
    ) throws(ErrandError) -> Int
    func deleteAll(of user: UserID, for purpose: MailToken.Purpose) throws(ErrandError)
    /// Removes those for a channel.
    func deleteAll(for destination: DestinationID, of user: UserID) throws(ErrandError)
    /// Removes up to `limit` tokens that are no longer good at `instant`. Returns how many.
    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}
