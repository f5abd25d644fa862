import APIService
import AuditService
import CivilTime
import ErrandCore
import ErrandHTTP
import EventDelivery
import FrontendService
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NotificationService
import RecurrenceService
import SQLStore
import SignedTokens
import TestSupport

/// The whole API in the test's process: real store, real tokens, real router, no socket.
struct TestAPI: Sendable {
    let clock: ManualClock
    let environment: ErrandCore.Environment
    let conversations: StoreConversations
    private let responder: RouterResponder<ErrandRequestContext>

    static func with(
        limitsRequests: Bool = false, issuers: [ExternalIssuer] = [],
        download: @escaping @Sendable (String) async throws -> [UInt8] = { _ in [] },
        model: (any LanguageModel)? = nil,
        _ use: @Sendable (TestAPI) async throws -> Void
    ) async throws {
        try await TestDatabase.withStore { store in
            try await use(try await TestAPI(store, limitsRequests, issuers, download, model))
        }
    }

    private init(
        _ store: any Store, _ limitsRequests: Bool, _ issuers: [ExternalIssuer],
        _ download: @escaping @Sendable (String) async throws -> [UInt8], _ model: (any LanguageModel)?
    ) async throws {
        let clock = ManualClock()
        let environment = ErrandCore.Environment(
            store: store, now: clock.now,
            makeID: { instant in
                var generator = SystemRandomNumberGenerator()
                return .version7(at: instant, using: &generator)
            },
            randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
        )
        let keyRing = KeyRing(environment: environment)
        try await keyRing.runOnce()
        let conversations = StoreConversations(environment: environment)
        let operations = Operations(environment: environment, conversations: conversations)
        let accounts = Accounts(operations: operations)
        let tokens = AccessTokens(keyRing: keyRing, issuer: "http://localhost", environment: environment)
        let authenticator = Authenticator(
            accessTokens: tokens, accounts: accounts, environment: environment, issuers: issuers,
            logger: Logger(label: "test"), download: download
        )
        let service = TestAPI.service(
            operations, accounts, authenticator, keyRing, tokens, limitsRequests: limitsRequests, download: download,
            model: model
        )
        let router = Router(context: ErrandRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: EdgeMiddleware(isSecure: false) {
                "test-request"
            } makeTraceparent: {
                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
            }
        )
        SiteRoutes(site: .embedded()).addRoutes(to: router)
        service.addRoutes(to: router)
        self.clock = clock
        self.environment = environment
        self.conversations = conversations
        self.responder = router.buildResponder()
    }

    private static func service(
        _ operations: Operations, _ accounts: Accounts, _ authenticator: Authenticator, _ keyRing: KeyRing,
        _ tokens: AccessTokens, limitsRequests: Bool, download: @escaping @Sendable (String) async throws -> [UInt8],
        model: (any LanguageModel)?
    ) -> APIService {
        let environment = operations.environment
        let agentTokens = AgentTokens(
            keyRing: keyRing, issuer: "http://localhost", resource: "http://localhost/mcp", environment: environment
        )
        return APIService(
            services: APIServices(
                operations: operations, accounts: accounts,
                gate: Gate(
                    authenticator: authenticator, limits: RequestLimits(isOn: limitsRequests, trustedProxies: 0),
                    isSecure: false, agents: AgentAuthenticator(tokens: agentTokens, accounts: accounts)
                ),
                accessTokens: tokens, refreshTokens: RefreshTokens(keyRing: keyRing), keyRing: keyRing,
                passwords: PasswordHasher(randomBytes: environment.randomBytes),
                push: .key(
                    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
                ), model: model, edition: "1"
            ),
            agents: AgentAccess(
                host: AgentHost(
                    operations: operations, states: SealedStates(keyRing: keyRing, now: environment.now), version: "1"
                ),
                reach: AgentReach(publicURL: "http://localhost", listens: "127.0.0.1"), tokens: agentTokens,
                notes: SealedNotes(keyRing: keyRing, now: environment.now), download: download
            )
        )
    }

    /// Lets every consumer of events catch up.
    func relay() async throws {
        for consumer in [RecurringTaskConsumer(), ReminderConsumer(), AuditConsumer()] as [any EventConsumer] {
            let delivery = LogDelivery(environment: environment, consumer: consumer)
            while try await delivery.runOnce().isPartial {}
        }
    }

    /// Begins a conversation, as the chat does.
    func converse(
        _ text: String, of user: String, toolCalls: [JSONValue] = []
    ) async throws -> Conversation {
        let now = clock.now()
        let turns = [
            try ConversationTurn(.user, text, at: now),
            try ConversationTurn(.assistant, "Done.", toolCalls: toolCalls, at: now),
        ]
        guard let owner = UserID(user) else { throw ErrandError.unauthenticated }
        return try await conversations.append(
            ConversationAppend(id: .make(), to: .make(at: now), of: owner, opens: true, turns: turns)
        )
    }

    /// Sets the clock, and fires what has come due.
    func fireReminders(at instant: String) async throws -> ReminderClock.Report {
        clock.set(Instant(instant) ?? .testStart)
        return try await ReminderClock(environment: environment).runOnce()
    }

    /// Events of one type, in the order of their commits.
    func events(_ type: EventType) async throws -> [JSONValue] {
        try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.outbox.events(of: [type], after: 0, limit: 10_000)
                .compactMap { try? JSONValue.parse($0.event.data) }
        }
    }

    /// Sends one request and collects the answer.
    ///
    /// - Parameter leavesAfter: so many pieces of the answer the connection is closed.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, headers: [String: String] = [:],
        bytes: [UInt8]? = nil, leavesAfter: Int? = nil, logger: Logger = Logger(label: "test")
    ) async throws -> Answer {
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
        if let token { head.headerFields[.authorization] = "Bearer \(token)" }
        if bytes != nil { head.headerFields[.contentType] = "application/json" }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { head.headerFields[name] = value }
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: bytes ?? [])))
        let context = ErrandRequestContext(logger: logger)
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector(leavesAfter: leavesAfter)
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, bytes: collector.bytes)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, headers: [String: String] = [:],
        json: JSONValue
    ) async throws -> Answer {
        try await send(method, path, token: token, headers: headers, bytes: json.serialized())
    }

    /// Signs up somebody new and returns what the sign-up answered.
    func signUp(_ name: String = "ana", zone: String = "UTC") async throws -> JSONValue {
        let answer = try await send(
            .post, "/api/v1/auth/sign-up",
            json: [
                "email": .string("\(name)@example.org"), "password": "a quiet walk in the woods",
                "time_zone": .string(zone),
            ]
        )
        return answer.json
    }

    /// The access token of somebody new.
    func token(of name: String = "ana", zone: String = "UTC") async throws -> String {
        try await signUp(name, zone: zone)["access_token"]?.string ?? ""
    }

    /// A new task, as answered.
    func task(_ token: String, _ json: JSONValue) async throws -> JSONValue {
        try await send(.post, "/api/v1/tasks", token: token, json: json).json
    }
}

/// An answer with its body read.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    /// The body; `null` when it is not JSON.
    var json: JSONValue { (try? JSONValue.parse(bytes)) ?? .null }
    var code: String? { json["code"]?.string }
    /// Place and code of each broken field, such as `/title too_long`.
    var fields: [String] {
        (json["errors"]?.array ?? []).map { error in
            let place = error["pointer"]?.string ?? error["parameter"]?.string ?? "?"
            return "\(place) \(error["code"]?.string ?? "?")"
        }
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

private struct Gone: Error {}

/// Takes a body that is written piece by piece. Used by one task at a time.
private final class Collector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []
    private var room: Int?

    init(leavesAfter: Int?) {
        room = leavesAfter
    }

    func write(_ buffer: ByteBuffer) async throws {
        if let room {
            guard room > 0 else { throw Gone() }
            // Signs of life come by the clock, and are no pieces.
            let isSignOfLife = buffer.readableBytesView.first == UInt8(ascii: ":")
            self.room = isSignOfLife ? room : room - 1
        }
        bytes += Array(buffer.readableBytesView)
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
