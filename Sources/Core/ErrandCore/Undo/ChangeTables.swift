public import CivilTime

/// What can be taken back.
public protocol UndoTable {
    func insert(_ record: UndoRecord) throws(ErrandError)
    func find(token: String, of user: UserID) throws(ErrandError) -> UndoRecord?
    /// What a person can take back of what they did in a space since an instant.
    ///
    /// - Returns: at most `limit`, the newest first.
    func newest(
        of user: UserID, in space: SpaceID, since instant: Instant, limit: Int
    ) throws(ErrandError) -> [UndoRecord]
    /// Replaces the entries of a record.
    func update(_ record: UndoRecord) throws(ErrandError)
    /// What the user changed last in this space, whatever its age.
    func last(of user: UserID, in space: SpaceID) throws(ErrandError) -> UndoRecord?
    func delete(token: String, of user: UserID) throws(ErrandError)
    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}

/// Answers to requests that carried an `Idempotency-Key`.
public protocol ReplyTable {
    func find(_ key: OnceKey) throws(ErrandError) -> StoredReply?
    func insert(_ reply: StoredReply, for key: OnceKey, at instant: Instant) throws(ErrandError)
    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}

/// Which request of whom an idempotency key stands for.
public struct OnceKey: Hashable, Sendable {
    public let userID: UserID
    /// Method and path.
    public let target: String
    public let key: String
    /// SHA-256 of the body and of the headers that change its meaning.
    public let fingerprint: [UInt8]

    public init(userID: UserID, target: String, key: String, fingerprint: [UInt8]) {
        self.userID = userID
        self.target = target
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// An answer that was given, kept to be given again.
public struct StoredReply: Hashable, Sendable {
    public let status: Int
    /// Lower-case names.
    public let headers: [String: String]
    public let body: [UInt8]
    /// Of the request it answered.
    public let fingerprint: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8], fingerprint: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
        self.fingerprint = fingerprint
    }
}
