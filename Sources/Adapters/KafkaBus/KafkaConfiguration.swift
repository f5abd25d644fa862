import Foundation

/// How to reach Kafka.
public struct KafkaConfiguration: Hashable, Sendable {
    /// How a client proves who it is.
    public enum Mechanism: String, CaseIterable, Sendable {
        /// The password itself, which only TLS keeps from being read on the way (RFC 4616).
        case plain = "PLAIN"
        case scramSHA256 = "SCRAM-SHA-256"
        /// A proof from which the password cannot be computed (RFC 5802).
        case scramSHA512 = "SCRAM-SHA-512"
    }

    /// Brokers to ask for all others first: `host:port`, by commas.
    public let bootstrapServers: String
    /// Nil when brokers ask for no password.
    public let username: String?
    /// Never part of ``description``, of errors or of notices.
    public let password: String?
    public let mechanism: Mechanism
    public let usesTLS: Bool
    /// PEM file of the authorities that brokers' certificates are checked against; nil for those of the system.
    public let caFile: String?
    /// What brokers call this client in their logs and quotas: the role.
    public let clientID: String
    /// How long ``KafkaEventBus/publish(_:)`` tries before it gives up; 1 ms to 10 minutes.
    public let deliveryTimeout: Duration
    /// How long brokers wait for a member's sign of life before its partitions are given to others. Brokers accept
    /// 6 s to 30 min unless told otherwise (`group.min.session.timeout.ms`). Kafka's own default of 45 s (KIP-735)
    /// suits clients that pause for long; librdkafka's signs of life come from a thread of their own.
    package var sessionTimeout = Duration.seconds(6)
    /// How long brokers may hold a fetch when there is nothing to fetch; 1 to 500 ms. What arrives meanwhile ends it at
    /// once with Kafka; with a broker that looks now and then, this decides how soon it is seen.
    public var fetchWait = Duration.milliseconds(100)

    /// - Parameter usesTLS: nil for: as soon as there is a password to protect.
    /// - Throws: the first setting that makes no sense.
    public init(
        bootstrapServers: String, username: String? = nil, password: String? = nil,
        mechanism: Mechanism = .scramSHA512, usesTLS: Bool? = nil, caFile: String? = nil, clientID: String,
        deliveryTimeout: Duration = .seconds(30)
    ) throws(KafkaConfigurationError) {
        let servers = bootstrapServers.split(separator: ",", omittingEmptySubsequences: false)
        guard servers.allSatisfy(KafkaConfiguration.isServer) else {
            throw KafkaConfigurationError(.bootstrapServers, "host:port, several by commas")
        }
        guard username != "" else { throw KafkaConfigurationError(.username, "a name, or not set") }
        guard password != "" else { throw KafkaConfigurationError(.password, "a password, or not set") }
        guard username == nil || password != nil else {
            throw KafkaConfigurationError(.password, "set, because a user name is")
        }
        guard password == nil || username != nil else {
            throw KafkaConfigurationError(.username, "set, because a password is")
        }
        let usesTLS = usesTLS ?? (username != nil)
        if let caFile {
            guard usesTLS else { throw KafkaConfigurationError(.caFile, "left out, because TLS is off") }
            guard FileManager.default.isReadableFile(atPath: caFile) else {
                throw KafkaConfigurationError(.caFile, "a file that can be read")
            }
        }
        guard !clientID.isEmpty else { throw KafkaConfigurationError(.clientID, "a name") }
        guard deliveryTimeout >= .milliseconds(1), deliveryTimeout <= .seconds(600) else {
            throw KafkaConfigurationError(.deliveryTimeout, "1 ms to 10 minutes")
        }
        self.bootstrapServers = bootstrapServers
        self.username = username
        self.password = password
        self.mechanism = mechanism
        self.usesTLS = usesTLS
        self.caFile = caFile
        self.clientID = clientID
        self.deliveryTimeout = deliveryTimeout
    }

    /// `host` or `host:port`; IPv6 in brackets.
    private static func isServer(_ text: Substring) -> Bool {
        guard let match = text.wholeMatch(of: #/(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]\/]+)(:([0-9]{1,5}))?/#) else {
            return false
        }
        return match.3.map { (1...65_535).contains(Int($0) ?? 0) } ?? true
    }
}

extension KafkaConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Everything but the password.
    public var description: String {
        "\(bootstrapServers), \(usesTLS ? "TLS" : "no TLS"), "
            + (username.map { "\(mechanism.rawValue) as \($0)" } ?? "no password")
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

/// A setting that makes no sense. Says what is expected and never what was given.
public struct KafkaConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What can be wrong; whoever reads settings knows under which names.
    public enum Setting: String, Sendable {
        case bootstrapServers, username, password, caFile, clientID, deliveryTimeout
        /// librdkafka refused the settings as a whole: a certificate that is none, say.
        case client
    }

    public let setting: Setting
    /// What it must be: "a file that can be read".
    public let expected: String

    public var description: String { "\(setting.rawValue) must be \(expected)." }

    init(_ setting: Setting, _ expected: String) {
        self.setting = setting
        self.expected = expected
    }
}
