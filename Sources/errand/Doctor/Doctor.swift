import CivilTime
import DaprBus
import ErrandClient
import ErrandCore
import Foundation
import KafkaBus
import Logging
import MailChannel
import SQLStore
import SignedTokens

/// Looks at everything that an installation depends on, as its settings have it.
struct Doctor {
    /// How long the sidecar may take to hand over secrets.
    private static let secretsPatience = Duration.seconds(10)

    /// By name as on the command line.
    let flags: [String: String]
    let environment: [String: String]
    /// The file of settings; nil for none.
    let file: String?
    /// Whether every audit log is walked too.
    let walksAudit: Bool

    func run() async -> HealthReport {
        var report = HealthReport()
        guard let configuration = await configuration(&report) else {
            await report.run([ZoneDataCheck()] + secretFiles)
            return report
        }
        await report.run(checks(configuration))
        return report
    }

    /// Reads the settings and says so; nil when they cannot be used, and nothing that depends on them can be looked at.
    private func configuration(_ report: inout HealthReport) async -> ServerConfiguration? {
        var environment = environment
        do {
            environment = try await SidecarSecrets.overlay(
                environment, logger: Logger(label: "errand.doctor"), patience: Doctor.secretsPatience)
        } catch {
            report.append(
                "secrets",
                .failure(
                    "The sidecar does not hand over the secret of ERRAND_DAPR_SECRET.",
                    "Look at the sidecar's log and at docs/guides/dapr.md."
                ))
        }
        do {
            let configuration = try await ServerConfiguration.read(flags: flags, environment: environment, file: file)
            report.append("configuration", Doctor.finding(configuration))
            return configuration
        } catch {
            let advice = "See docs/guides/operating.md; the server does not start."
            report.append("configuration", .failure(Doctor.sentence(error), advice))
            return nil
        }
    }

    /// Errors of ours name what is expected and never what was given; those of others might repeat it.
    private static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as ConfigurationError: error.description
        case let error as KafkaConfigurationError: "Kafka: \(error)"
        case let error as InvalidSidecarSetting: error.description
        default: "The settings cannot be read: \(type(of: error))."
        }
    }

    private static func finding(_ configuration: ServerConfiguration) -> Finding {
        let host = URL(string: configuration.publicURL)?.host() ?? ""
        if !configuration.isSecure, !["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) {
            return .warning(
                "People reach the server at \(configuration.publicURL), without TLS.",
                "Put a proxy with TLS in front and set ERRAND_PUBLIC_URL to its https address."
            )
        }
        if !configuration.limitsRequests {
            return .warning("Callers are not counted.", "Leave ERRAND_RATE_LIMITS on, but for load tests.")
        }
        return .ok("The settings can be used.")
    }

    private func checks(_ configuration: ServerConfiguration) -> [any HealthCheck] {
        let location = Doctor.location(configuration)
        var checks: [any HealthCheck] = [Doctor.clock(configuration, location), ZoneDataCheck()]
        if let location {
            if case .folder(let folder) = location {
                checks.append(DataFolderCheck(folder: folder))
                checks.append(DatabaseFilesCheck(path: DatabaseLocation.file(in: folder)))
            }
            checks.append(DatabaseCheck(location: location, migrates: configuration.migrates))
            if walksAudit { checks.append(AuditLogsCheck(location: location)) }
        }
        switch configuration.carrier {
        case .log: break
        case .kafka(let kafka): checks.append(BrokerCheck(configuration: kafka))
        case .dapr(let sidecar): checks.append(SidecarCheck(configuration: sidecar))
        }
        if location != nil {
            checks.append(MailCheck(server: configuration.mail?.server))
            checks.append(PushCheck(contact: configuration.vapidContact, keys: configuration.vapidKeys))
        }
        return checks + secretFiles
    }

    /// Files with secrets, beside those of the database.
    private var secretFiles: [any HealthCheck] {
        let credentials = CredentialsFile(folder: ClientSettings(environment: environment).configuration)
        let settings = file.map { SecretFileCheck(name: "settings file", path: $0, isOptional: false) }
        return (settings.map { [$0] } ?? []) + [
            SecretFileCheck(name: "credentials", path: credentials.path, isOptional: true)
        ]
    }

    /// Where the database is; nil for a process that has none.
    private static func location(_ configuration: ServerConfiguration) -> DatabaseLocation? {
        if configuration.wayToAPI != nil { return nil }
        if let url = configuration.databaseURL { return .postgres(url) }
        return .folder(configuration.dataFolder.path(percentEncoded: false).withoutSlash)
    }

    private static func clock(_ configuration: ServerConfiguration, _ location: DatabaseLocation?) -> ClockCheck {
        let now: @Sendable () -> Instant = { .now }
        var references: [ClockCheck.Reference] = []
        if case .postgres = location, let location { references.append(.database(location, now: now)) }
        if case .dapr(let sidecar) = configuration.carrier {
            let url = "http://\(sidecar.host):\(sidecar.port)/v1.0/healthz/outbound"
            references.append(.server("the sidecar's", url, now: now))
        }
        for issuer in configuration.issuers {
            references.append(.server("that of \(issuer.issuer)", issuer.keySetURL, now: now))
        }
        return ClockCheck(references: references, newestChange: { await newestChange(location) }, now: now)
    }

    private static func newestChange(_ location: DatabaseLocation?) async -> Instant? {
        guard let location else { return nil }
        if case .folder(let folder) = location,
            !FileManager.default.fileExists(atPath: DatabaseLocation.file(in: folder))
        {
            return nil
        }
        return try? await location.open(.guest, report: { _ in }) { database in
            let store = try await SQLStore.open(over: database, migrates: false) { _ in }
            return try await store.read { (transaction) throws(ErrandError) in
                let place = try transaction.outbox.place(beforeLast: 1)
                return try transaction.outbox.events(of: nil, after: place, limit: 1).last?.event.occurredAt
            }
        }
    }
}

extension String {
    /// A folder's path as people write it.
    fileprivate var withoutSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
