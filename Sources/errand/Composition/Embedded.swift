import APIService
import CivilTime
import Crypto
import ErrandCore
import ErrandHTTP
import Foundation
import LiveService
import Logging
import SQLStore
import SQLiteDriver

/// The parts of one process, put together.
struct Assembly: Sendable {
    let store: any Store
    let environment: Environment
    let api: APIService
    let live: LiveService
    let keyRing: KeyRing
    let workers: Workers
    let bus: any EventBus
    let close: @Sendable () async -> Void
}

/// Everything in one process on one SQLite file.
enum Embedded {
    /// The file has one process at a time, so each goes on with the lease of the one before, and need not wait for
    /// its end after a crash.
    private static let relayHolder: UniqueID = {
        guard let id = UniqueID("e4a4d000-0000-8000-8000-000000000001") else { preconditionFailure("It is a UUID.") }
        return id
    }()

    static func assemble(_ configuration: ServerConfiguration, logger: Logger) async throws -> Assembly {
        let report: @Sendable (SQLError) -> Void = { error in
            logger.error("The database refused a statement", metadata: ["error": "\(error)"])
        }
        var options = SQLiteOptions()
        options.synchronous = configuration.synchronous
        let database = try SQLiteDatabase.open(
            .file(path: configuration.databasePath), options: options, report: report
        )
        let (relayBell, clockBell) = (WakeUp(), WakeUp())
        let store = RingingStore(
            inner: try await SQLStore.open(over: database, report: report), relayBell: relayBell, clockBell: clockBell
        )
        let environment = Environment(
            store: store, now: { .now }, makeID: SystemRandom.makeID, randomBytes: SystemRandom.bytes
        )
        let bus = LocalEventBus(environment: environment, observer: BusTelemetry(logger: logger))
        let keyRing = KeyRing(environment: environment)
        try await keyRing.runOnce()
        let accounts = Accounts(environment: environment)
        let accessTokens = AccessTokens(keyRing: keyRing, issuer: configuration.publicURL, environment: environment)
        let authenticator = Authenticator(
            accessTokens: accessTokens, accounts: accounts, environment: environment, issuers: configuration.issuers,
            logger: logger
        )
        let services = APIServices(
            operations: Operations(environment: environment), accounts: accounts, authenticator: authenticator,
            accessTokens: accessTokens, refreshTokens: RefreshTokens(keyRing: keyRing), keyRing: keyRing,
            passwords: PasswordHasher(randomBytes: environment.randomBytes),
            limits: RequestLimits(isOn: configuration.limitsRequests, trustedProxies: configuration.trustedProxies),
            site: configuration.webRoot.map(Site.folder) ?? .embedded(), isSecure: configuration.isSecure
        )
        return Assembly(
            store: store, environment: environment, api: APIService(services: services),
            live: LiveService(
                environment: environment, bus: bus, authenticator: authenticator, limits: LiveLimits(),
                isSecure: configuration.isSecure, logger: logger
            ),
            keyRing: keyRing,
            workers: Workers(
                environment: environment, bus: bus, relayHolder: Embedded.relayHolder, relayBell: relayBell,
                clockBell: clockBell, logger: logger
            ),
            bus: bus,
            close: { await database.close() }
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
