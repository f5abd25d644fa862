import APIService
import CivilTime
import Crypto
import ErrandCore
import ErrandHTTP
import EventDelivery
import Foundation
import FrontendService
import LiveService
import Logging
import MailChannel
import NotificationService
import SignedTokens

/// The parts of one process, put together.
struct Assembly: Sendable {
    let environment: Environment
    let api: APIService
    /// What agents are told and do, whatever they come over.
    let agents: AgentHost
    let site: SiteRoutes
    let live: LiveService
    let keyRing: KeyRing
    let workers: Workers
    let notifications: NotificationService
    let deliveryBell: DeliveryBell
    let deliveryTelemetry: DeliveryTelemetry
    let carrier: Carrier
    let housekeeping: Housekeeping
    let zoneDataChange: ZoneDataChange
    /// Nil where the operator names no mail server.
    let mails: MailWorker?
    let close: @Sendable () async -> Void

    /// What the modes differ in.
    struct Foundations: Sendable {
        let environment: Environment
        let carrier: Carrier
        /// This process's relay among others.
        let relayHolder: UniqueID
        let relayBell: WakeUp
        let clockBell: WakeUp
        let deliveryBell: DeliveryBell
        let close: @Sendable () async -> Void
    }

    /// - Throws: when the keys cannot be loaded.
    init(on foundations: Foundations, _ configuration: ServerConfiguration, logger: Logger) async throws {
        environment = foundations.environment
        carrier = foundations.carrier
        let model =
            configuration.roles.contains(.chatAPI)
            ? configuration.model.map { MeasuredModel.make($0, foundations.environment, logger) } : nil
        close = {
            await model?.close()
            await foundations.close()
        }
        keyRing = KeyRing(environment: environment)
        try await keyRing.runOnce()
        let push = try await PushSetUp(configuration, environment: environment, logger: logger)
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
        let gate = Gate(
            authenticator: authenticator,
            limits: RequestLimits(isOn: configuration.limitsRequests, trustedProxies: configuration.trustedProxies),
            isSecure: configuration.isSecure, agents: AgentAuthenticator(tokens: agentTokens, accounts: accounts)
        )
        let services = APIServices(
            operations: operations, accounts: accounts, gate: gate, accessTokens: accessTokens,
            refreshTokens: RefreshTokens(keyRing: keyRing), keyRing: keyRing,
            passwords: PasswordHasher(randomBytes: environment.randomBytes), push: push.offer, model: model?.model
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
        site = SiteRoutes(site: configuration.site)
        live = LiveService(
            environment: environment, bus: carrier.bus, gate: gate, limits: LiveLimits(), logger: logger
        )
        workers = Workers(
            environment: environment, carrier: carrier, relayHolder: foundations.relayHolder,
            relayBell: foundations.relayBell, clockBell: foundations.clockBell, logger: logger
        )
        let environment = environment
        mails = try configuration.mail.map { mail in
            MailWorker(
                environment: environment, sender: try MailSender(mail, now: environment.now), logger: logger
            )
        }
        let links = MailedActionLinks(
            notes: SealedNotes(keyRing: keyRing, now: environment.now), publicURL: configuration.publicURL
        )
        let email = mails.map { [$0.channel(links: links, now: environment.now)] as [any NotificationChannel] } ?? []
        deliveryBell = foundations.deliveryBell
        deliveryTelemetry = DeliveryTelemetry(logger: logger)
        notifications = NotificationService(
            bus: carrier.bus, environment: environment, channels: push.channels + email,
            clock: ContinuousClock(), bell: deliveryBell, observer: deliveryTelemetry
        )
        zoneDataChange = ZoneDataChange(environment: environment, edition: ZoneData.inUse)
        housekeeping = Housekeeping(
            environment: environment, eventRetention: .days(Int64(configuration.eventRetentionDays)),
            consumersOfLog: carrier.consumersOfLog
        )
    }
}

/// The operating system's random numbers.
enum SystemRandom {
    static func makeID(at instant: Instant) -> UniqueID {
        var generator = SystemRandomNumberGenerator()
        return .version7(at: instant, using: &generator)
    }

    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in generator.next() }
    }
}

extension Instant {
    /// The system clock.
    static var now: Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}

extension ErrandCore.Environment {
    /// The system's clock and random numbers over `store`.
    init(store: any Store) {
        self.init(store: store, now: { .now }, makeID: SystemRandom.makeID, randomBytes: SystemRandom.bytes)
    }
}
