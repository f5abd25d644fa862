import CivilTime
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import Logging
import SignedTokens
import TestSupport
import Testing

/// Credential, origin, limit: for every door the same, in this order.
@Suite struct GateTests {
    private struct Stage: Sendable {
        let gate: Gate
        let user: UserID
        let token: String

        func admit(
            _ rule: EntryRule, _ method: HTTPRequest.Method = .get, _ headers: [HTTPField.Name: String] = [:],
            bearer: String? = nil, cookie: String? = nil
        ) async throws -> Admission {
            var head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: "/")
            for (name, value) in headers { head.headerFields[name] = value }
            if let bearer { head.headerFields[.authorization] = "Bearer \(bearer)" }
            if let cookie { head.headerFields[.cookie] = "errand_access=\(cookie)" }
            return try await gate.admit(head, peer: "192.0.2.1", by: rule)
        }

        /// Without the seconds that are left of the window.
        static func untimed(_ field: String) -> String { field.replacing(/;t=\d+$/, with: "") }

        /// How many guesses the address has left, this one taken.
        func guessesLeft() async throws -> String? {
            var response = Response(status: .ok)
            try await admit(.guesses).addLimits(to: &response)
            return response.headers[.rateLimit].map(Stage.untimed)
        }
    }

    private func with(_ use: @Sendable (Stage) async throws -> Void) async throws {
        try await TestDatabase.withStore { store in
            let clock = ManualClock()
            let environment = ErrandCore.Environment(
                store: store, now: clock.now, makeID: { _ in UserID.make().value },
                randomBytes: { count in (0..<count).map { _ in .random(in: 0...255) } }
            )
            let keyRing = KeyRing(environment: environment)
            try await keyRing.runOnce()
            let tokens = AccessTokens(keyRing: keyRing, issuer: "http://localhost", environment: environment)
            let accounts = Accounts(operations: Operations(environment: environment))
            let form = try SignUpForm([
                "email": "ana@example.org", "password": "a quiet walk in the woods", "time_zone": "UTC",
            ])
            let signedIn = try await accounts.signUp(form, passwordHash: "none")
            let authenticator = Authenticator(
                accessTokens: tokens, accounts: accounts, environment: environment, issuers: [],
                logger: Logger(label: "test"), download: { _ in [] }
            )
            let limits = RequestLimits(isOn: true, trustedProxies: 0)
            try await use(
                Stage(
                    gate: Gate(authenticator: authenticator, limits: limits, isSecure: false),
                    user: signedIn.user.id, token: try tokens.make(for: signedIn)
                )
            )
        }
    }

    @Test func `each rule lets in whom it is for`() async throws {
        try await with { stage in
            for rule in [EntryRule.open, .guesses] {
                let admission = try await stage.admit(rule, bearer: "nonsense")
                #expect(admission.principal == nil && admission.credential == nil && admission.address == "192.0.2.1")
            }
            for rule in [EntryRule.known, .listening, .socket] {
                let admission = try await stage.admit(rule, bearer: stage.token)
                #expect(admission.principal?.userID == stage.user && admission.credential?.isCookie == false)
                await #expect(throws: ErrandError.unauthenticated) { try await stage.admit(rule, bearer: "nonsense") }
            }
            for rule in [EntryRule.known, .listening] {
                await #expect(throws: ErrandError.unauthenticated) { try await stage.admit(rule) }
            }
            #expect(try await stage.admit(.socket).principal == nil, "it may say later who it is")
        }
    }

    @Test func `a cookie has to come from our own site, a header need not`() async throws {
        let (foreign, own) = ([HTTPField.Name.secFetchSite: "cross-site"], [HTTPField.Name.secFetchSite: "same-origin"])
        try await with { stage in
            let refused: [(EntryRule, HTTPRequest.Method, [HTTPField.Name: String])] = [
                (.known, .post, [:]), (.known, .post, foreign), (.known, .delete, [.origin: "http://elsewhere"]),
                (.listening, .get, foreign), (.socket, .get, [:]), (.socket, .get, foreign),
            ]
            for (rule, method, headers) in refused {
                await #expect(throws: Problem.crossSiteRequest, "\(rule) \(method) \(headers)") {
                    try await stage.admit(rule, method, headers, cookie: stage.token)
                }
            }
            let admitted: [(EntryRule, HTTPRequest.Method, [HTTPField.Name: String])] = [
                (.known, .get, foreign), (.known, .post, own), (.known, .post, [.origin: "http://localhost"]),
                (.listening, .get, [:]), (.listening, .get, own), (.socket, .get, own),
            ]
            for (rule, method, headers) in admitted {
                let admission = try await stage.admit(rule, method, headers, cookie: stage.token)
                #expect(admission.credential?.isCookie == true && admission.principal?.userID == stage.user)
            }
            for rule in [EntryRule.known, .listening, .socket] {
                _ = try await stage.admit(rule, .post, foreign, bearer: stage.token)
            }
            await #expect(throws: Problem.crossSiteRequest) { try await stage.admit(.guesses, .post, foreign) }
            _ = try await stage.admit(.open, .post, foreign)
        }
    }

    @Test func `guesses are counted by address, requests by user, after all other refusals`() async throws {
        try await with { stage in
            #expect(try await stage.guessesLeft() == "\"credentials\";r=59")
            // The origin comes before the credential is looked at, and a request without one is no guess.
            _ = try? await stage.admit(.known, .post, [.secFetchSite: "cross-site"], cookie: "nonsense")
            _ = try? await stage.admit(.known)
            // Live sync does not count.
            _ = try? await stage.admit(.socket, bearer: "nonsense")
            _ = try? await stage.admit(.listening, bearer: "nonsense")
            #expect(try await stage.guessesLeft() == "\"credentials\";r=58")
            _ = try? await stage.admit(.known, bearer: "nonsense")
            #expect(try await stage.guessesLeft() == "\"credentials\";r=56")

            var response = Response(status: .ok)
            try await stage.admit(.known, bearer: stage.token).addLimits(to: &response)
            #expect(response.headers[.rateLimit].map(Stage.untimed) == "\"api\";r=2999")
            #expect(response.headers[.rateLimitPolicy] == "\"api\";q=3000;w=60")
            var uncounted = Response(status: .ok)
            try await stage.admit(.socket, bearer: stage.token).addLimits(to: &uncounted)
            #expect(uncounted.headers[.rateLimit] == nil)
        }
    }

    @Test func `whoever has guessed enough waits before guessing again`() async throws {
        try await with { stage in
            for _ in 0..<60 { _ = try? await stage.admit(.known, bearer: "nonsense") }
            for attempt in [EntryRule.known, .guesses] {
                let error = await #expect(throws: ErrandError.self) {
                    try await stage.admit(attempt, bearer: "nonsense")
                }
                #expect(error?.isRateLimited == true)
            }
            let admission = try await stage.admit(.known, bearer: stage.token)
            #expect(admission.principal?.userID == stage.user, "a good credential is no guess")
        }
    }
}

extension ErrandError {
    fileprivate var isRateLimited: Bool {
        if case .rateLimited = self { true } else { false }
    }
}
