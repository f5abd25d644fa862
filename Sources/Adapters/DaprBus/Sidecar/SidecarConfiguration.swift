/// How this process and its Dapr sidecar reach each other.
///
/// The names in brackets are those that Dapr's injector and its client libraries use
/// (<https://docs.dapr.io/reference/environment/>).
public struct SidecarConfiguration: Sendable {
    /// Who tells the sidecar what this process subscribes to.
    public enum SubscriptionMode: String, CaseIterable, Sendable {
        /// `Subscription` resources of the cluster; the sidecar is told of none. There is no race at the start, and
        /// they are reviewed with the other manifests.
        case declarative
        /// This process, when the sidecar asks for it at its start.
        case programmatic
    }

    /// Default 127.0.0.1 (`DAPR_RUNTIME_HOST`). Nothing on the way is encrypted, so it should stay on this machine.
    public let host: String
    /// 1 to 65535, default 3500 (`DAPR_HTTP_PORT`).
    public let port: Int
    /// What the sidecar wants to see from us (`DAPR_API_TOKEN`). Default none.
    public let apiToken: SidecarToken?
    /// What we want to see from the sidecar (`APP_API_TOKEN`). Without it whoever reaches the internal port can
    /// make up deliveries. Default none.
    public let appToken: SidecarToken?
    /// The pub/sub component. Default `pubsub`.
    public let pubsubName: String
    /// The pub/sub component through which every replica gets all of `task-updates`, since a component has one
    /// consumer group. Default ``pubsubName``.
    public let updatesPubsubName: String
    /// The state store in which conversations are kept. Default `statestore`.
    public let stateStoreName: String
    public let subscriptions: SubscriptionMode
    /// How long publishing waits for the broker. Longer than the outbound policy of the component takes, or what the
    /// sidecar still tries is published again. Default 10 s.
    public let publishTimeout: Duration

    /// - Parameters:
    ///   - apiToken: nil or empty for none; white space around it is removed, as files of secrets end in a newline.
    ///   - appToken: the same.
    /// - Throws: ``InvalidSidecarSetting`` for the first value that is out of range; never names a secret's text.
    public init(
        host: String = "127.0.0.1", port: Int = 3500, apiToken: String? = nil, appToken: String? = nil,
        pubsubName: String = "pubsub", updatesPubsubName: String? = nil,
        stateStoreName: String = "statestore", subscriptions: SubscriptionMode = .declarative,
        publishTimeout: Duration = .seconds(10)
    ) throws(InvalidSidecarSetting) {
        guard (1...65_535).contains(port) else { throw InvalidSidecarSetting("port", "a port from 1 to 65535") }
        guard !host.isEmpty, host.utf8.allSatisfy(SidecarConfiguration.isHost) else {
            throw InvalidSidecarSetting("host", "a host name or an address, IPv6 in brackets")
        }
        guard publishTimeout > .zero, publishTimeout <= .seconds(60) else {
            throw InvalidSidecarSetting("publish timeout", "more than 0 and at most 60 seconds")
        }
        self.host = host
        self.port = port
        self.apiToken = try SidecarToken("API token", apiToken)
        self.appToken = try SidecarToken("app token", appToken)
        self.pubsubName = try SidecarConfiguration.componentName(pubsubName, of: "pub/sub")
        self.updatesPubsubName = try SidecarConfiguration.componentName(updatesPubsubName ?? pubsubName, of: "pub/sub")
        self.stateStoreName = try SidecarConfiguration.componentName(stateStoreName, of: "state store")
        self.subscriptions = subscriptions
        self.publishTimeout = publishTimeout
    }

    private static func componentName(_ name: String, of kind: String) throws(InvalidSidecarSetting) -> String {
        guard (1...253).contains(name.utf8.count),
            name.utf8.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
        else { throw InvalidSidecarSetting("\(kind) component", "letters, digits, '-' and '.'") }
        return name
    }

    private static func isHost(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "-._:[]".utf8.contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

/// A value of ``SidecarConfiguration`` that is refused.
public struct InvalidSidecarSetting: Error, Hashable, Sendable, CustomStringConvertible {
    public let setting: String
    public let expected: String

    init(_ setting: String, _ expected: String) {
        self.setting = setting
        self.expected = expected
    }

    public var description: String { "The sidecar's \(setting) must be \(expected)." }
}
