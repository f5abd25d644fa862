public import ErrandCore
public import SignedTokens

/// Finds out which program an access token of OAuth stands for, and whether it still may.
public struct AgentAuthenticator: Sendable {
    private let tokens: AgentTokens
    private let accounts: Accounts

    public init(tokens: AgentTokens, accounts: Accounts) {
        self.tokens = tokens
        self.accounts = accounts
    }

    /// - Returns: nil for what is no such token, so that it may be another credential.
    /// - Throws: ``ErrandError/unauthenticated`` for one whose permission has ended.
    func principal(bearer credential: String) async throws(ErrandError) -> Principal? {
        guard let grant = tokens.grant(access: credential) else { return nil }
        // Looked up each time, so that what is revoked ends at once.
        guard let principal = try await accounts.agent(grant.id, of: grant.user) else { throw .unauthenticated }
        return principal
    }

    /// Whether a credential of another kind is for agents' door at all: a personal token, or a token of an issuer that
    /// names this door among those it is for. Whose it is, and whether it is any good, is yet to be found out.
    func isMeant(_ credential: String) -> Bool {
        PersonalTokenSecret(credential) != nil || JSONWebToken(credential)?.isMeant(for: tokens.resource) ?? false
    }
}
