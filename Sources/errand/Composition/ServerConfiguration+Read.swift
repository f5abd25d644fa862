import ArgumentParser
import Configuration
import ErrandCore
import ErrandHTTP
import Foundation
import LanguageModels
import Logging
import PostgresDriver
import SQLiteDriver
import SignedTokens
import SystemPackage
import WebPush

extension ServerConfiguration {
    /// Reads flags, environment and file, and checks every value.
    ///
    /// - Parameters:
    ///   - flags: by name as on the command line, such as `internal-port`.
    ///   - file: a JSON file with an object `errand` of the same names in camel case.
    /// - Throws: ``ConfigurationError`` naming the setting, or what the file provider throws.
    ///   - environment: of the process, with secrets from elsewhere over it.
    static func read(
        flags: [String: String], environment: [String: String], file: String?
    ) async throws -> ServerConfiguration {
        let given = flags.map { (AbsoluteConfigKey(["errand"] + [Setting.camelCase($0.key)]), $0.value) }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(
                name: "flags",
                values: Dictionary(uniqueKeysWithValues: given.map { ($0, ConfigValue(.string($1), isSecret: false)) })
            ),
            EnvironmentVariablesProvider(environmentVariables: environment),
        ]
        if let file { providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file))) }
        let settings = Setting.Reader(reader: ConfigReader(providers: providers))
        let (roles, databaseURL) = (try settings.roles(), try settings.databaseURL())
        let carrier = try CarrierChoice(settings, environment, roles)
        if roles == [.frontend] {
            guard case .dapr = carrier else {
                throw ConfigurationError(
                    name: "DAPR_HTTP_PORT",
                    expected: "set for the role frontend, or --bus be dapr: it passes requests on through a sidecar"
                )
            }
        } else if databaseURL == nil, carrier.needsDatabase {
            throw ConfigurationError(
                name: "DATABASE_URL", expected: "set, since Kafka and Dapr are for processes on PostgreSQL"
            )
        }
        let port = try settings.integer("port", 0...65_535) ?? 8080
        let publicURL = try settings.url("public-url") ?? "http://localhost:\(port)"
        return ServerConfiguration(
            roles: roles,
            dataFolder: URL(filePath: settings.text("data") ?? "./data", directoryHint: .isDirectory),
            databaseURL: databaseURL,
            carrier: carrier,
            databaseConnections: try settings.integer("database-connections", PostgresOptions.connections) ?? 10,
            migrates: try settings.choice("migrate", ["on": true, "off": false]) ?? true,
            host: settings.text("host") ?? "127.0.0.1",
            port: port,
            internalPort: try settings.integer("internal-port", 0...65_535) ?? 8081,
            publicURL: publicURL,
            webRoot: settings.text("web-root").map { URL(filePath: $0, directoryHint: .isDirectory) },
            limitsRequests: try settings.choice("rate-limits", ["on": true, "off": false]) ?? true,
            trustedProxies: try settings.integer("trusted-proxies", 0...10) ?? 0,
            synchronous: try settings.choice("synchronous", ["full": .full, "normal": .normal]) ?? .full,
            logLevel: try settings.choice("log-level", Setting.logLevels) ?? .info,
            logFormat: try settings.choice("log-format", ["text": .text, "json": .json])
                ?? (isatty(STDERR_FILENO) == 1 ? .text : .json),
            traces: try TraceDestination.read(environment),
            eventRetentionDays: try settings.integer("event-retention-days", Limits.eventRetentionDays)
                ?? Limits.eventRetentionDaysDefault,
            mail: try settings.mail(publicURL: publicURL),
            issuers: try settings.issuers(), model: try ModelServerOptions.read(settings, environment),
            vapidKeys: try settings.vapidKeys(),
            vapidContact: try settings.vapidContact() ?? VapidContact(publicURL),
            privateHosts: try settings.privateHosts()
        )
    }
}

/// How one setting is called by flag, environment and file, and how its text is read.
enum Setting {
    static let logLevels = Dictionary(uniqueKeysWithValues: Logger.Level.allCases.map { ($0.rawValue, $0) })

    /// `internal-port` is `internalPort` in the file and `ERRAND_INTERNAL_PORT` in the environment.
    static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "-")
        return ([words[0].lowercased()] + words.dropFirst().map(\.capitalized)).joined()
    }

    struct Reader {
        let reader: ConfigReader

        func text(_ name: String) -> String? {
            let key = ConfigKey(["errand", Setting.camelCase(name)])
            guard let text = reader.string(forKey: key) ?? reader.int(forKey: key).map(String.init) else { return nil }
            return text.isEmpty ? nil : text
        }

        /// `DATABASE_URL`, the name that operators know. Never a flag: everybody on a machine can read those.
        func databaseURL() throws(ConfigurationError) -> String? {
            guard let text = reader.string(forKey: "database.url", isSecret: true), !text.isEmpty else { return nil }
            guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
                throw ConfigurationError(name: "DATABASE_URL", expected: "a postgres:// or postgresql:// address")
            }
            return text
        }

        func integer(_ name: String, _ range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
            guard let text = text(name) else { return nil }
            guard let number = Int(text), range.contains(number) else {
                throw ConfigurationError(
                    name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return number
        }

        func choice<Value>(_ name: String, _ choices: [String: Value]) throws(ConfigurationError) -> Value? {
            guard let text = text(name) else { return nil }
            guard let value = choices[text] else {
                throw ConfigurationError(
                    name: name, expected: "one of \(choices.keys.sorted().joined(separator: ", "))")
            }
            return value
        }

        func url(_ name: String) throws(ConfigurationError) -> String? {
            guard let text = text(name) else { return nil }
            guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil else {
                throw ConfigurationError(name: name, expected: "an http or https address")
            }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }

        /// One role, or all where none is given.
        func roles() throws(ConfigurationError) -> Set<ProcessRole> {
            guard let text = text("role") else { return Set(ProcessRole.allCases) }
            guard let role = ProcessRole(rawValue: text) else {
                let names = ProcessRole.allCases.map(\.rawValue).joined(separator: ", ")
                throw ConfigurationError(name: "role", expected: "one of \(names)")
            }
            return [role]
        }

        /// Three lists of equal length, separated by commas.
        func issuers() throws(ConfigurationError) -> [ExternalIssuer] {
            func list(_ name: String) -> [String] {
                (text(name) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            let (issuers, audiences, keySets) = (list("issuers"), list("issuer-audiences"), list("issuer-key-sets"))
            guard issuers.count == audiences.count, issuers.count == keySets.count else {
                throw ConfigurationError(
                    name: "issuers", expected: "as long a list as issuer-audiences and issuer-key-sets"
                )
            }
            return zip(zip(issuers, audiences), keySets).map { pair, keySet in
                ExternalIssuer(issuer: pair.0, audience: pair.1, keySetURL: keySet)
            }
        }
    }
}
