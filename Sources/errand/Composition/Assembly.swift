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
import SQLStore
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
    let scrape: Scrape
    let carrier: Carrier
    let housekeeping: Housekeeping
    let zoneDataChange: ZoneDataChange
    /// Nil where the operator names no mail server.
    let mails: MailWorker?
    let close: @Sendable () async -> Void

    /// What the modes differ in.
    struct Foundations: Sendable {
        let environment: Environment
        /// Nil where no traces are kept.
        let tracing: Tracing?
        let carrier: Carrier
        /// This process's relay among others.
        let relayHolder: UniqueID
        let relayBell: WakeUp
        let clockBell: WakeUp
        let deliveryBell: DeliveryBell
        /// How busy the database's connections are.
        let pools: @Sendable () -> [ConnectionLoad]
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
        let doors = APIAssembly(
            configuration, environment: environment, carrier: carrier, keyRing: keyRing, push: push.offer,
            model: model?.model, logger: logger
        )
        api = doors.api
        agents = doors.agents
        site = SiteRoutes(site: configuration.site)
        live = LiveService(
            environment: environment, bus: carrier.bus, gate: doors.gate, limits: LiveLimits(), logger: logger
        )
        workers = Workers(
            environment: environment, tracing: foundations.tracing, carrier: carrier,
            relayHolder: foundations.relayHolder,
            relayBell: foundations.relayBell, clockBell: foundations.clockBell, logger: logger
        )
        let now = environment.now
        mails = try configuration.mail.map { mail in
            MailWorker(
                environment: foundations.environment, sender: try MailSender(mail, now: now), logger: logger
            )
        }
        let links = MailedActionLinks(
            notes: SealedNotes(keyRing: keyRing, now: now), publicURL: configuration.publicURL
        )
        let email: [any NotificationChannel] = mails.map { [$0.channel(links: links, now: now)] } ?? []
        deliveryBell = foundations.deliveryBell
        let deliveryTelemetry = DeliveryTelemetry(logger: logger)
        notifications = NotificationService(
            bus: carrier.bus, environment: environment, channels: push.channels + email,
            clock: ContinuousClock(), bell: deliveryBell, observer: deliveryTelemetry
        )
        scrape = Scrape(WaitingWork(of: foundations, configuration.roles, deliveryTelemetry))
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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        // Each number is a call of the system.
        while bytes.count < count {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
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
