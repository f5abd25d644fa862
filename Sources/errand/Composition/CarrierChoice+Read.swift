import DaprBus
import ErrandCore
import KafkaBus

extension CarrierChoice {
    /// `ERRAND_BUS` (`--bus`) says which; without it, what the environment has settings of.
    init(_ settings: Setting.Reader, _ environment: [String: String], _ roles: Set<ProcessRole>) throws {
        let implied =
            environment["DAPR_HTTP_PORT"] != nil
            ? "dapr" : environment["KAFKA_BOOTSTRAP_SERVERS"] != nil ? "kafka" : "log"
        switch settings.text("bus") ?? implied {
        case "log": self = .log
        case "kafka": self = .kafka(try KafkaConfiguration(settings, environment, roles))
        case "dapr": self = .dapr(try SidecarConfiguration(environment: environment))
        default: throw ConfigurationError(name: "bus", expected: "log, kafka or dapr")
        }
    }
}

extension KafkaConfiguration {
    /// Under the names that operators know, and ours.
    fileprivate init(
        _ settings: Setting.Reader, _ environment: [String: String], _ roles: Set<ProcessRole>
    ) throws {
        func text(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let servers = text("KAFKA_BOOTSTRAP_SERVERS") else {
            throw ConfigurationError(name: "KAFKA_BOOTSTRAP_SERVERS", expected: "host:port, several by commas")
        }
        let mechanisms = Dictionary(uniqueKeysWithValues: Mechanism.allCases.map { ($0.rawValue, $0) })
        let timeout = try settings.integer("kafka-session-seconds", 6...1_800)
        let wait = try settings.integer("kafka-fetch-wait-ms", 1...500)
        try self.init(
            bootstrapServers: servers, username: text("KAFKA_USERNAME"), password: text("KAFKA_PASSWORD"),
            mechanism: try settings.choice("kafka-mechanism", mechanisms) ?? .scramSHA512,
            usesTLS: try settings.choice("kafka-tls", ["on": true, "off": false]),
            caFile: settings.text("kafka-ca-file"),
            clientID: roles.count == 1 ? roles.first?.rawValue ?? "errand" : "errand"
        )
        if let timeout { sessionTimeout = .seconds(timeout) }
        if let wait { fetchWait = .milliseconds(wait) }
    }
}
