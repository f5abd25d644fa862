public import ErrandCore
public import ErrandHTTP
public import Hummingbird
public import SignedTokens

/// The API: REST, agents and sign-in. Doors only: what they do is in the operations.
public struct APIService: Sendable {
    let services: APIServices
    private let agents: AgentDoor

    /// - Parameters:
    ///   - agents: does what agents ask for.
    ///   - reach: from where they may.
    public init(services: APIServices, agents: AgentHost, reach: AgentReach) {
        self.services = services
        self.agents = AgentDoor(
            host: agents, gate: services.gate, store: services.operations.environment.store, reach: reach
        )
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

    public init(
        operations: Operations, accounts: Accounts, gate: Gate, accessTokens: AccessTokens,
        refreshTokens: RefreshTokens, keyRing: KeyRing, passwords: PasswordHasher
    ) {
        self.operations = operations
        self.accounts = accounts
        self.gate = gate
        self.accessTokens = accessTokens
        self.refreshTokens = refreshTokens
        self.keyRing = keyRing
        self.passwords = passwords
    }

    public var authenticator: Authenticator { gate.authenticator }
    public var limits: RequestLimits { gate.limits }
    /// Whether people reach the server by https: decides names and flags of cookies.
    public var isSecure: Bool { gate.isSecure }
}
