public import ErrandCore
public import HTTPTypes
public import Hummingbird
import NIOCore

/// The one way in for requests of every door: credential, then origin of cookies, then limit.
///
/// A process has one gate, so that a user's requests are counted together whatever door they come through.
public struct Gate: Sendable {
    /// Who is behind a credential that does not come with a request of its own, such as in a frame of a WebSocket.
    public let authenticator: Authenticator
    public let limits: RequestLimits
    /// Whether people reach the server by https: decides names and flags of cookies.
    public let isSecure: Bool
    private let agents: AgentAuthenticator?

    /// - Parameter agents: knows programs that were let in by OAuth; nil where no door admits them.
    public init(
        authenticator: Authenticator, limits: RequestLimits, isSecure: Bool, agents: AgentAuthenticator? = nil
    ) {
        self.authenticator = authenticator
        self.agents = agents
        self.limits = limits
        self.isSecure = isSecure
    }

    /// Lets a request in, or says why not. Its body is not looked at.
    ///
    /// - Throws: ``ErrandError/unauthenticated``, ``ErrandError/rateLimited(retryAfter:)``,
    ///   ``Problem/crossSiteRequest``, and what asking the store throws.
    public func admit(
        _ request: Request, _ context: ErrandRequestContext, by rule: EntryRule
    ) async throws -> Admission {
        let address = ClientAddress(request, context, trustedProxies: limits.trustedProxies).text
        let admission = try await admit(request, from: address, by: rule)
        if let id = admission.principal?.userID { context.caller.write(id) }
        return admission
    }

    /// Lets a request in of which only the head is there, at the start of a connection.
    ///
    /// - Parameter peer: the other end of the connection; nil where there is none.
    public func admit(_ head: HTTPRequest, peer: String?, by rule: EntryRule) async throws -> Admission {
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        let address = ClientAddress(request, peer: peer, trustedProxies: limits.trustedProxies).text
        return try await admit(request, from: address, by: rule)
    }

    private func admit(_ request: Request, from address: String, by rule: EntryRule) async throws -> Admission {
        let credential = rule.proof == .ignored ? nil : credential(of: request, by: rule)
        if rule.proof == .ignored || credential?.isCookie == true { try check(rule.origin, of: request) }
        guard let credential else {
            guard rule.proof != .required else { throw ErrandError.unauthenticated }
            return Admission(
                principal: nil, credential: nil, address: address,
                standing: try rule.count == .address ? count(limits.perAddress, address) : nil
            )
        }
        let principal = try await principal(behind: credential, from: address, by: rule)
            .coming(through: Door(request, credential))
        let standing: Admission.Standing? =
            switch rule.count {
            case .nobody: nil
            case .address: try count(limits.perAddress, address)
            case .user: try count(limits.perUser, principal.userID.description)
            }
        return Admission(principal: principal, credential: credential, address: address, standing: standing)
    }

    private func credential(of request: Request, by rule: EntryRule) -> Credential? {
        guard rule.takesPasswords else { return Credential(request, isSecure: isSecure) }
        if let password = Credential(passwordOf: request) { return password }
        return Credential(request, isSecure: isSecure).flatMap { $0.isCookie ? nil : $0 }
    }

    private func check(_ origin: EntryRule.Origin, of request: Request) throws(Problem) {
        switch origin {
        case .unchecked: break
        case .notForeign: try SameOrigin.check(request, cookieIsOnlyCredential: false)
        case .own: try SameOrigin.check(request, cookieIsOnlyCredential: true)
        case .ownToChange:
            if !request.method.isSafe { try SameOrigin.check(request, cookieIsOnlyCredential: true) }
        }
    }

    /// Counts an address that leads nowhere and would be a credential if it did, as a guess.
    ///
    /// - Throws: ``ErrandError/rateLimited(retryAfter:)``
    public func countGuess(from address: String) throws(ErrandError) {
        _ = try count(limits.perAddress, address)
    }

    /// Counts one reading of a calendar feed.
    ///
    /// - Throws: ``ErrandError/rateLimited(retryAfter:)``
    public func countReading(of feed: FeedID) throws(ErrandError) {
        _ = try count(limits.perFeed, feed.description)
    }

    /// Who is behind a credential that a door by this rule has admitted.
    public func principal(_ credential: String, by rule: EntryRule) async throws(ErrandError) -> Principal {
        if rule.admitsAgents {
            if let agent = try await agents?.principal(bearer: credential) { return agent }
            // A session of a person is for other doors (RFC 8707): a program that has got hold of one gets no further.
            guard agents?.isMeant(credential) ?? false else { throw .unauthenticated }
        }
        return try await authenticator.principal(bearer: credential)
    }

    private func principal(
        behind credential: Credential, from address: String, by rule: EntryRule
    ) async throws(ErrandError) -> Principal {
        do throws(ErrandError) {
            return try await principal(credential.text, by: rule)
        } catch .unauthenticated {
            // A credential that is no good counts as a guess.
            if rule.count != .nobody { _ = try count(limits.perAddress, address) }
            throw .unauthenticated
        }
    }

    private func count(_ limiter: RateLimiter?, _ caller: String) throws(ErrandError) -> Admission.Standing? {
        guard let limiter else { return nil }
        let decision = limiter.count(caller)
        guard decision.isAllowed else { throw .rateLimited(retryAfter: decision.resetsIn) }
        return Admission.Standing(limit: limiter.limit, decision: decision)
    }
}

extension HTTPRequest.Method {
    /// Methods that change nothing (RFC 9110 §9.2.1).
    package var isSafe: Bool { self == .get || self == .head || self == .options }
}
