import APIService
import DaprBus
import ErrandCore
import ErrandHTTP
import Foundation
import FrontendService
import LanguageModels
import Logging
import MailChannel
import SQLiteDriver
import SignedTokens
import WebPush

/// Everything an operator can set, read once and checked. Order: flag, environment, file, default.
struct ServerConfiguration: Sendable {
    enum LogFormat: String, Sendable {
        case text, json
    }

    /// What this process does. Default everything.
    var roles: Set<ProcessRole>
    /// Folder of the database. Default `./data`.
    var dataFolder: URL
    /// A PostgreSQL database instead of the folder, as libpq takes it. May hold a password. Default none.
    var databaseURL: String?
    /// What carries events between processes on PostgreSQL. Default: a sidecar where there is one, else Kafka where
    /// its servers are named, else the log in the database.
    var carrier: CarrierChoice
    /// Connections of this process to PostgreSQL, 3 to 200. Default 10.
    var databaseConnections: Int
    /// Whether the server brings the schema up to date when it starts. Default on.
    var migrates: Bool
    /// Address both listeners bind to. Default 127.0.0.1.
    var host: String
    /// Port for people and programs, 0 to 65535; 0 takes any free one. Default 8080.
    var port: Int
    /// Port for probes and metrics, 0 to 65535. Default 8081.
    var internalPort: Int
    /// Where people reach the server: issuer of tokens, and https here means secure cookies.
    /// Default `http://localhost:<port>`.
    var publicURL: String
    /// Folder to read the page from while working on it; nil for the files in the binary.
    var webRoot: URL?
    /// Whether callers are counted. Default on.
    var limitsRequests: Bool
    /// Proxies in front that add to `X-Forwarded-For`, 0 to 10. Default 0.
    var trustedProxies: Int
    /// `full` (default): a write is on the disk before it is acknowledged. `normal`: the last writes may be lost
    /// when the power fails, though not when the process ends.
    var synchronous: SQLiteOptions.Synchronous
    /// Default `info`.
    var logLevel: Logger.Level
    /// Default `text` on a terminal, `json` elsewhere.
    var logFormat: LogFormat
    /// The collector that traces are sent to. Default none.
    var traces: TraceDestination?
    /// Days that events are kept, 1 to 365: as long may an open window be away and still catch up. Default 7.
    var eventRetentionDays: Int
    /// The server that mails are sent over, and their author. Default none: no mails are sent.
    var mail: MailSender.Configuration?
    /// Other issuers whose signed-in people are let in. Default none.
    var issuers: [ExternalIssuer]
    /// The model that chat may ask; with a key, which is secret. Default none: nothing that is said leaves the process.
    var model: ModelServerOptions?

    /// The key pair that push services know this installation by; nil for the one in the database. Default none.
    var vapidKeys: VapidKeys?
    /// Whom push services can turn to. Default ``publicURL`` where it is https, else none, and push is off.
    var vapidContact: VapidContact?
    /// Hosts with private addresses that notifications may be sent to. Default none.
    var privateHosts: Set<String>

    /// Whether people and programs call this process.
    var hasPublicPort: Bool { !roles.isDisjoint(with: [.chatAPI, .websocketService, .frontend]) }
    /// The way to the API of a process that is nothing but a frontend; nil for all others.
    var wayToAPI: SidecarConfiguration? {
        guard roles == [.frontend], case .dapr(let sidecar) = carrier else { return nil }
        return sidecar
    }
    /// The page.
    var site: Site { webRoot.map(Site.folder) ?? .embedded() }
    var isSecure: Bool { publicURL.hasPrefix("https://") }
    /// Where files that people send lie while they are read: beside the database, where it is a file, since the
    /// system's folder for such things may be in memory.
    var spoolFolder: String? { databaseURL == nil ? dataFolder.path(percentEncoded: false) : nil }
    var databasePath: String { dataFolder.appending(path: "errand.sqlite").path(percentEncoded: false) }
}

/// Why the configuration is refused.
struct ConfigurationError: Error, CustomStringConvertible {
    let name: String
    let expected: String

    var description: String { "\(name) must be \(expected)." }
}
