import CivilTime

/// Makes a personal access token. Its secret is made, shown once and hashed by the door.
public struct CreateToken: Command {
    public let form: TokenForm
    /// SHA-256 of the secret.
    public let hash: [UInt8]
    public let requiredScope = Scope.manageCredentials

    public init(_ form: TokenForm, hash: [UInt8]) {
        self.form = form
        self.hash = hash
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> PersonalToken {
        if let expiry = form.expiresAt, expiry <= context.now {
            throw .invalid("/expires_at", .outOfRange, "Must lie in the future.")
        }
        guard try context.transaction.tokens.all(of: context.member).count < Limits.personalTokensPerUserMax else {
            throw .invalid(
                "", .tooMany, "There can be at most \(Limits.personalTokensPerUserMax) tokens; delete one first.")
        }
        let token = PersonalToken(
            id: context.newID(), userID: context.member, name: form.name, scopes: form.scopes, createdAt: context.now,
            expiresAt: form.expiresAt, lastUsedAt: nil
        )
        try context.transaction.tokens.insert(token, hash: hash)
        try context.record(.tokenCreated, about: .token(token.id), ["token": token.json])
        return token
    }
}

/// Revokes a personal access token at once.
public struct DeleteToken: Command {
    public let id: TokenID
    public let requiredScope = Scope.manageCredentials

    public init(_ id: TokenID) {
        self.id = id
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        let table = context.transaction.tokens
        guard let token = try table.all(of: context.member).first(where: { $0.id == id }),
            try table.delete(id, of: context.member)
        else { throw .notFound(.token) }
        try context.record(.tokenDeleted, about: .token(id), ["token": token.json])
    }
}

/// The user's personal access tokens, without their secrets.
public struct ListTokens: Query {
    public let requiredScope = Scope.manageCredentials

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> [PersonalToken] {
        try context.transaction.tokens.all(of: context.member)
    }
}

extension AssistedOperation {
    public static let createToken = AssistedOperation(
        "tokens.create", "Makes a personal access token, whose secret is shown once.", scope: .manageCredentials
    )
}
