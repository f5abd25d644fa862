public import ErrandCore
public import ErrandHTTP
import Foundation
public import Hummingbird
public import SignedTokens

/// The API: REST, agents and sign-in. Doors only: what they do is in the operations.
public struct APIService: Sendable {
    let services: APIServices
    private let agents: AgentDoor
    private let oauth: OAuthDoor
    private let account: AccountDoor
    private let calendars: CalendarDoor

    public init(services: APIServices, agents: AgentAccess) {
        self.services = services
        self.agents = AgentDoor(
            host: agents.host, gate: services.gate, store: services.operations.environment.store, reach: agents.reach,
            metadata: "\(agents.tokens.issuer)/.well-known/oauth-protected-resource/mcp"
        )
        oauth = OAuthDoor(
            services: services, tokens: agents.tokens, notes: agents.notes,
            clients: OAuthClients(notes: agents.notes, download: agents.download)
        )
        account = AccountDoor(services: services, notes: agents.notes)
        calendars = CalendarDoor(services: services)
    }

    /// Adds every route of the table, and an answer for every other method of their paths.
    public func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        let routes = Route.all
        let runner = RouteRunner(services: services)
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await runner.run(route, request, context)
            }
        }
        for (path, sharing) in Dictionary(grouping: routes, by: \.path) {
            router.refuseMethods(at: RouterPath(path), but: sharing.map(\.method))
        }
        agents.addRoutes(to: router)
        oauth.addRoutes(to: router)
        account.addRoutes(to: router)
        calendars.addRoutes(to: router)
    }
}

/// What agents are let in with.
public struct AgentAccess: Sendable {
    /// Does what they ask for.
    let host: AgentHost
    /// From where they may.
    let reach: AgentReach
    let tokens: AgentTokens
    let notes: SealedNotes
    let download: @Sendable (String) async throws -> [UInt8]

    /// - Parameters:
    ///   - tokens: their credentials.
    ///   - notes: what their clients keep for us.
    ///   - download: fetches what a program says of itself, from a public address.
    public init(
        host: AgentHost, reach: AgentReach, tokens: AgentTokens, notes: SealedNotes,
        download: @escaping @Sendable (String) async throws -> [UInt8]
    ) {
        self.host = host
        self.reach = reach
        self.tokens = tokens
        self.notes = notes
        self.download = download
    }
}

/// What the handlers work with.
public struct APIServices: Sendable {
    public let operations: Operations
    public let accounts: Accounts
    /// The way in.
    public let gate: Gate
    public let accessTokens: AccessTokens
    public let refreshTokens: RefreshTokens
    public let keyRing: KeyRing
    public let passwords: PasswordHasher
    /// What browsers subscribe with.
    public let push: PushOffer
    /// What chat asks when it does not understand by itself; nil for nothing.
    public let model: (any LanguageModel)?
    /// What tells this program from one that may write the same answers another way: letters and digits.
    public let edition: String
    /// What was answered lately.
    let recentAnswers = RecentAnswers()
    /// What is being answered.
    let sharedAnswers = SharedAnswers()
    /// Who has a file read.
    let imports = ImportDesk()
    /// Where files lie while they are read.
    let spool: FileSpool

    /// - Parameters:
    ///   - edition: of the program: letters and digits.
    ///   - spoolFolder: where files of ``Limits/importBytesMax`` lie while they are read; nil for the system's folder
    ///     for such things.
    public init(
        operations: Operations, accounts: Accounts, gate: Gate, accessTokens: AccessTokens,
        refreshTokens: RefreshTokens, keyRing: KeyRing, passwords: PasswordHasher, push: PushOffer,
        model: (any LanguageModel)? = nil, edition: String, spoolFolder: String? = nil
    ) {
        self.operations = operations
        self.accounts = accounts
        self.gate = gate
        self.accessTokens = accessTokens
        self.refreshTokens = refreshTokens
        self.keyRing = keyRing
        self.passwords = passwords
        self.push = push
        self.model = model
        self.edition = edition
        spool = FileSpool(folder: spoolFolder ?? NSTemporaryDirectory())
    }

    public var authenticator: Authenticator { gate.authenticator }
    public var limits: RequestLimits { gate.limits }
    /// Whether people reach the server by https: decides names and flags of cookies.
    public var isSecure: Bool { gate.isSecure }
}
