import CivilTime
import Crypto
public import ErrandCore
import Foundation
public import Logging
public import SignedTokens
import Synchronization

/// Finds out whom a credential stands for.
public final class Authenticator: Sendable {
    /// Checked tokens that are remembered, so that a signature is checked once and not with every request.
    public static let rememberedMax = 10_000

    private struct Remembered: Sendable {
        let principal: Principal
        let expiry: Instant
    }

    private struct State: Sendable {
        var checked: [SHA256.Digest: Remembered] = [:]
        /// Sessions that ended while their access tokens were still current, and until when that matters.
        var ended: [SessionID: Instant] = [:]
    }

    private let accessTokens: AccessTokens
    private let accounts: Accounts
    private let environment: Environment
    private let issuers: [(issuer: ExternalIssuer, keys: RemoteKeySet)]
    private let state = Mutex(State())

    public convenience init(
        accessTokens: AccessTokens, accounts: Accounts, environment: Environment, issuers: [ExternalIssuer],
        logger: Logger
    ) {
        self.init(
            accessTokens: accessTokens, accounts: accounts, environment: environment, issuers: issuers, logger: logger,
            download: KeySetDownload().run
        )
    }

    package init(
        accessTokens: AccessTokens, accounts: Accounts, environment: Environment, issuers: [ExternalIssuer],
        logger: Logger, download: @escaping @Sendable (String) async throws -> [UInt8]
    ) {
        self.accessTokens = accessTokens
        self.accounts = accounts
        self.environment = environment
        self.issuers = issuers.map { issuer in
            (issuer, RemoteKeySet(now: environment.now, logger: logger) { try await download(issuer.keySetURL) })
        }
    }

    /// The principal behind a bearer credential.
    ///
    /// - Throws: ``ErrandError/unauthenticated``, without saying why.
    public func principal(bearer credential: String) async throws(ErrandError) -> Principal {
        if let secret = PersonalTokenSecret(credential) {
            guard let principal = try await accounts.principal(tokenHash: secret.hash) else { throw .unauthenticated }
            return principal
        }
        let digest = SHA256.hash(data: Array(credential.utf8))
        if let principal = remembered(digest) { return principal }
        guard let token = JSONWebToken(credential) else { throw .unauthenticated }
        if let (principal, expiry) = accessTokens.principal(of: token), !hasEnded(principal) {
            remember(principal, digest, until: expiry)
            return principal
        }
        let (principal, expiry) = try await externalPrincipal(of: token)
        remember(principal, digest, until: expiry)
        return principal
    }

    /// Makes the access tokens of sessions that have just ended worthless in this process. Other replicas
    /// notice when the tokens expire.
    public func forget(_ sessions: [SessionID]) {
        let until = environment.now() + AccessTokens.lifetime
        let ids = Set(sessions)
        state.withLock { state in
            let now = environment.now()
            state.ended = state.ended.filter { now < $0.value }
            for id in ids { state.ended[id] = until }
            state.checked = state.checked.filter { entry in
                if case .session(let id) = entry.value.principal.actor { !ids.contains(id) } else { true }
            }
        }
    }

    private func externalPrincipal(
        of token: JSONWebToken
    ) async throws(ErrandError) -> (principal: Principal, expiry: Instant) {
        for (issuer, keySet) in issuers where token.claims["iss"]?.string == issuer.issuer {
            let keys = await keySet.keys(for: token.keyID)
            guard let person = issuer.person(of: token, keys: keys, at: environment.now()) else { break }
            let user = try await accounts.user(issuer: person.issuer, subject: person.subject, email: person.email)
            let principal = Principal(
                userID: user.id, actor: .externalSession(issuer: person.issuer), scopes: Set(Scope.allCases),
                signedInAt: person.signedInAt
            )
            return (principal, person.expiry)
        }
        throw .unauthenticated
    }

    private func remembered(_ digest: SHA256.Digest) -> Principal? {
        let now = environment.now()
        return state.withLock { state in
            guard let entry = state.checked[digest] else { return nil }
            if now < entry.expiry { return entry.principal }
            state.checked[digest] = nil
            return nil
        }
    }

    private func remember(_ principal: Principal, _ digest: SHA256.Digest, until expiry: Instant) {
        let now = environment.now()
        state.withLock { state in
            if state.checked.count >= Authenticator.rememberedMax {
                state.checked = state.checked.filter { now < $0.value.expiry }
            }
            if state.checked.count >= Authenticator.rememberedMax { state.checked.removeAll() }
            state.checked[digest] = Remembered(principal: principal, expiry: expiry)
        }
    }

    private func hasEnded(_ principal: Principal) -> Bool {
        guard case .session(let id) = principal.actor else { return false }
        return state.withLock { $0.ended[id] != nil }
    }
}
