public import ErrandCore
public import ErrandHTTP
public import Hummingbird

/// The API: REST and sign-in. Doors only: what they do is in the operations.
public struct APIService: Sendable {
    let services: APIServices

    public init(services: APIServices) {
        self.services = services
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
    }
}

/// What the handlers work with.
public struct APIServices: Sendable {
    public let operations: Operations
    public let accounts: Accounts
    public let authenticator: Authenticator
    public let accessTokens: AccessTokens
    public let refreshTokens: RefreshTokens
    public let keyRing: KeyRing
    public let passwords: PasswordHasher
    public let limits: RequestLimits
    /// Whether people reach the server by https: decides names and flags of cookies.
    public let isSecure: Bool

    public init(
        operations: Operations, accounts: Accounts, authenticator: Authenticator, accessTokens: AccessTokens,
        refreshTokens: RefreshTokens, keyRing: KeyRing, passwords: PasswordHasher,
        limits: RequestLimits, isSecure: Bool
    ) {
        self.operations = operations
        self.accounts = accounts
        self.authenticator = authenticator
        self.accessTokens = accessTokens
        self.refreshTokens = refreshTokens
        self.keyRing = keyRing
        self.passwords = passwords
        self.limits = limits
        self.isSecure = isSecure
    }
}
