import APIService
import ErrandCore
import ErrandHTTP
import EventDelivery
import Logging
import SignedTokens

/// What the doors of HTTP are put together from.
struct APIAssembly: Sendable {
    let api: APIService
    let agents: AgentHost
    let gate: Gate

    init(
        _ configuration: ServerConfiguration, environment: Environment, carrier: Carrier, keyRing: KeyRing,
        push: PushOffer, model: (any LanguageModel)?, logger: Logger
    ) {
        let operations = Operations(environment: environment, conversations: carrier.conversations)
        let accounts = Accounts(operations: operations)
        let accessTokens = AccessTokens(keyRing: keyRing, issuer: configuration.publicURL, environment: environment)
        let authenticator = Authenticator(
            accessTokens: accessTokens, accounts: accounts, environment: environment, issuers: configuration.issuers,
            logger: logger
        )
        let agentTokens = AgentTokens(
            keyRing: keyRing, issuer: configuration.publicURL, resource: configuration.publicURL + "/mcp",
            environment: environment
        )
        gate = Gate(
            authenticator: authenticator,
            limits: RequestLimits(isOn: configuration.limitsRequests, trustedProxies: configuration.trustedProxies),
            isSecure: configuration.isSecure, agents: AgentAuthenticator(tokens: agentTokens, accounts: accounts)
        )
        let services = APIServices(
            operations: operations, accounts: accounts, gate: gate, accessTokens: accessTokens,
            refreshTokens: RefreshTokens(keyRing: keyRing), keyRing: keyRing,
            passwords: PasswordHasher(randomBytes: environment.randomBytes), push: push, model: model,
            edition: BuildInfo.edition, spoolFolder: configuration.spoolFolder
        )
        agents = AgentHost(
            operations: operations, states: SealedStates(keyRing: keyRing, now: environment.now),
            version: ErrandCommand.version
        )
        api = APIService(
            services: services,
            agents: AgentAccess(
                host: agents, reach: AgentReach(publicURL: configuration.publicURL, listens: configuration.host),
                tokens: agentTokens, notes: SealedNotes(keyRing: keyRing, now: environment.now),
                download: ClientDocumentDownload().run
            )
        )
    }
}
