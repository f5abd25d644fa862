import ArgumentParser
import CivilTime
import Foundation
import Logging

/// `errand serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server.",
        discussion: """
            Every setting can also come from the environment (ERRAND_PORT, ERRAND_INTERNAL_PORT, …) or from a \
            JSON file. A flag wins over the environment, the environment over the file.
            """
    )

    @Option(help: "Run one role only, audit-service say. (default: all)") var role: String?
    @Option(help: "Folder of the database. (default: ./data)") var data: String?
    @Option(help: "What carries events between processes: log, kafka or dapr. (default: what there are settings of)")
    var bus: String?
    @Option(help: "Connections to PostgreSQL, where DATABASE_URL says so. (default: 10)")
    var databaseConnections: String?
    @Option(help: "Whether to bring PostgreSQL's schema up to date: on or off. (default: on)") var migrate: String?
    @Option(help: "Address to listen on. (default: 127.0.0.1)") var host: String?
    @Option(help: "Port for people and programs. (default: 8080)") var port: String?
    @Option(help: "Port for probes and metrics. (default: 8081)") var internalPort: String?
    @Option(help: "Where people reach the server. (default: http://localhost:<port>)") var publicURL: String?
    @Option(help: "Folder to read the page from, instead of the binary.") var webRoot: String?
    @Option(help: "Whether callers are counted: on or off. (default: on)") var rateLimits: String?
    @Option(help: "Proxies in front that add to X-Forwarded-For. (default: 0)") var trustedProxies: String?
    @Option(help: "Durability of writes: full or normal. (default: full)") var synchronous: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)") var logLevel: String?
    @Option(help: "text or json. (default: text on a terminal)") var logFormat: String?
    @Option(help: "Days that events are kept. (default: 7)") var eventRetentionDays: String?
    @Option(help: "Model that chat may ask, such as gpt-5.5; off for none. (default: none)") var model: String?
    @Option(help: "Server of the model, up to /v1. (default: OpenAI)") var modelURL: String?
    @Option(help: "Form of questions to the model: auto, chat or responses. (default: auto)") var modelDialect: String?
    @Option(help: "Configuration file (JSON).") var config: String?

    private var flags: [String: String] {
        let all: [(String, String?)] = [
            ("role", role), ("event-retention-days", eventRetentionDays), ("data", data), ("host", host),
            ("port", port), ("internal-port", internalPort),
            ("public-url", publicURL), ("web-root", webRoot), ("rate-limits", rateLimits),
            ("trusted-proxies", trustedProxies), ("synchronous", synchronous), ("log-level", logLevel),
            ("log-format", logFormat), ("database-connections", databaseConnections), ("migrate", migrate),
            ("bus", bus), ("model", model), ("model-url", modelURL), ("model-dialect", modelDialect),
        ]
        return all.reduce(into: [:]) { flags, flag in flags[flag.0] = flag.1 }
    }

    func run() async throws {
        AllocatorSettings.apply()
        do {
            try StartUpCheck.run()
            let environment = try await SidecarSecrets.overlay(
                ProcessInfo.processInfo.environment, logger: Logger(label: "errand.start")
            )
            let configuration = try await ServerConfiguration.read(
                flags: flags, environment: environment, file: config ?? environment["ERRAND_CONFIG"]
            )
            try await serve(configuration)
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
    }

    private func serve(_ configuration: ServerConfiguration) async throws {
        let metrics = Observability.start(configuration)
        let logger = Logger(label: "errand")
        let tracing = Tracing(configuration, logger: logger)
        if let sidecar = configuration.wayToAPI {
            return try await FrontendProcess(
                configuration: configuration, sidecarConfiguration: sidecar, metrics: metrics,
                tracing: tracing, logger: logger
            ).run()
        }
        let assembly =
            if let url = configuration.databaseURL {
                try await Distributed.assemble(configuration, tracing, databaseURL: url, logger: logger)
            } else {
                try await Embedded.assemble(configuration, tracing, logger: logger)
            }
        try await Server(
            configuration: configuration, assembly: assembly, metrics: metrics,
            tracing: tracing, logger: logger
        ).run()
    }
}

/// What must hold before anything is served.
enum StartUpCheck {
    struct MissingTimeZones: Error, CustomStringConvertible {
        let description = "The time zone data is missing: Europe/Paris is not known or has no summer time."
    }

    /// A binary linked without the zone data answers every named zone with nil, so it must not start.
    static func run() throws {
        let summer = Instant("2026-07-01T00:00:00Z")
        guard let zone = Zone(identifier: "Europe/Paris"), let summer, zone.offset(at: summer) == 7200 else {
            throw MissingTimeZones()
        }
    }
}
