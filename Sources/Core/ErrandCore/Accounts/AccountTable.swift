public import CivilTime

/// People with an account.
public protocol AccountTable {
    func find(_ id: UserID) throws(ErrandError) -> User?
    /// What tells one state of what ``find(_:)`` returns from every other, without making that: the values of its row.
    /// Nil when there is no such account.
    func state(of id: UserID) throws(ErrandError) -> [String]?
    /// Waits for several people's own spaces, in one order for all, and holds them until the end of the transaction.
    /// Who changes things of several people in one transaction begins with it: holding one and waiting for another,
    /// two could wait for each other.
    func hold(_ users: [UserID]) throws(ErrandError)
    /// Whether there is an account of that id.
    func exists(_ id: UserID) throws(ErrandError) -> Bool
    /// - Parameter emailKey: the address with differences of case removed.
    func find(emailKey: String) throws(ErrandError) -> User?
    /// Throws ``ErrandError/Conflict/emailTaken`` when the address has an account.
    func insert(_ user: User, passwordHash: String?) throws(ErrandError)
    func update(_ user: User) throws(ErrandError)

    /// The PHC string of the user's password; nil for those who sign in elsewhere.
    func passwordHash(of id: UserID) throws(ErrandError) -> String?
    func setPasswordHash(_ hash: String, of id: UserID) throws(ErrandError)

    /// The account of a person known by another issuer's subject (`sub`).
    func find(issuer: String, subject: String) throws(ErrandError) -> User?
    func link(issuer: String, subject: String, to id: UserID) throws(ErrandError)
}

/// Signed-in browsers and programs.
public protocol SessionTable {
    func find(_ id: SessionID) throws(ErrandError) -> Session?
    func insert(_ session: Session) throws(ErrandError)
    func update(_ session: Session) throws(ErrandError)
    /// Revokes every session of the user that still runs, but for one. Returns their ids.
    func revokeAll(of user: UserID, except kept: SessionID?, at instant: Instant) throws(ErrandError) -> [SessionID]
    /// Removes up to `limit` sessions that can no longer be used. Returns how many.
    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int
}

/// Personal access tokens.
public protocol PersonalTokenTable {
    /// - Parameter hash: SHA-256 of the secret.
    func find(hash: [UInt8]) throws(ErrandError) -> PersonalToken?
    func all(of user: UserID) throws(ErrandError) -> [PersonalToken]
    func insert(_ token: PersonalToken, hash: [UInt8]) throws(ErrandError)
    func markUsed(_ id: TokenID, at instant: Instant) throws(ErrandError)
    /// Gives a token another secret, and marks it as used.
    func replaceHash(_ hash: [UInt8], of id: TokenID, at instant: Instant) throws(ErrandError)
    /// False when the user has no such token.
    func delete(_ id: TokenID, of user: UserID) throws(ErrandError) -> Bool
}

/// The keys that sign access and refresh tokens.
public protocol SigningKeyTable {
    /// Newest first.
    func all() throws(ErrandError) -> [SigningKey]
    func insert(_ key: SigningKey) throws(ErrandError)
    func delete(_ id: String) throws(ErrandError)
}

/// A secret key of this installation.
public struct SigningKey: Hashable, Sendable {
    public enum Purpose: String, Sendable {
        /// ES256, for access tokens; the public half is in the JWKS.
        case accessToken = "access"
        /// HMAC-SHA-256, for refresh tokens.
        case refreshToken = "refresh"
        /// ES256, for push services; browsers subscribe with the public half.
        case push
    }

    public let id: String
    public let purpose: Purpose
    public let secret: [UInt8]
    public let createdAt: Instant

    public init(id: String, purpose: Purpose, secret: [UInt8], createdAt: Instant) {
        self.id = id
        self.purpose = purpose
        self.secret = secret
        self.createdAt = createdAt
    }
}
