public import CivilTime

/// A personal access token: a long-lived credential for a program, with fewer rights than its owner.
public struct PersonalToken: Hashable, Sendable {
    public let id: TokenID
    public let userID: UserID
    public let name: String
    public let scopes: Set<Scope>
    public let createdAt: Instant
    public let expiresAt: Instant?
    /// To the minute.
    public var lastUsedAt: Instant?

    package init(
        id: TokenID, userID: UserID, name: String, scopes: Set<Scope>, createdAt: Instant, expiresAt: Instant?,
        lastUsedAt: Instant?
    ) {
        self.id = id
        self.userID = userID
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
    }
}
