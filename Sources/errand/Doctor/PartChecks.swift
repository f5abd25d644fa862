import CivilTime
import DaprBus
import ErrandCore
import KafkaBus
import MailChannel
import WebPush

/// Zone rules: those that the program came with, and those of the system.
struct ZoneDataCheck: HealthCheck {
    let name = "zone data"

    func run() async -> Finding {
        do {
            try StartUpCheck.run()
        } catch {
            return .failure("Named time zones are not known.", "Take a build that has them; the server does not start.")
        }
        let (own, system) = (ZoneData.toolchain ?? "of an unknown version", ZoneData.system ?? "none")
        if ZoneData.usesSystem { return .ok("The system's \(system) are in use; the program's own are \(own).") }
        return .ok("The program's own \(own) are in use; the system has \(system).")
    }
}

/// Kafka: whether brokers let us in, and have the topics.
struct BrokerCheck: HealthCheck {
    private static let seconds = 8

    let name = "broker"
    let configuration: KafkaConfiguration

    func run() async -> Finding {
        do throws(KafkaProbe.Failure) {
            let topics = try await KafkaProbe(configuration).topics(within: BrokerCheck.seconds)
            let needed = Topic.allCases.map(\.rawValue) + ProcessRole.consumers.map { Topic.deadLetters(of: $0) }
            let missing = needed.filter { !topics.contains($0) }
            guard missing.isEmpty else {
                return .warning(
                    "It has no topic \(missing.joined(separator: ", ")), or does not show it.",
                    "Make the topics, and give this user rights to them: docs/guides/kafka.md."
                )
            }
            return .ok("It lets us in and has every topic.")
        } catch {
            return .failure(
                "It does not answer: \(error)",
                "Look at KAFKA_BOOTSTRAP_SERVERS, the user and its password, and TLS."
            )
        }
    }
}

/// The Dapr sidecar.
struct SidecarCheck: HealthCheck {
    let name = "sidecar"
    let configuration: SidecarConfiguration

    func run() async -> Finding {
        let sidecar = Sidecar(configuration: configuration, uptime: { .now })
        let isReady = await sidecar.isOutboundReady()
        await sidecar.close()
        let place = "\(configuration.host):\(configuration.port)"
        guard isReady else {
            return .failure(
                "At \(place) none is ready.",
                "Look at DAPR_HTTP_PORT and DAPR_API_TOKEN, and at its log: a component may not start."
            )
        }
        return .ok("The one at \(place) is ready, with its components.")
    }
}

/// The mail server: reached, with TLS, and signed in to. No mail is sent.
struct MailCheck: HealthCheck {
    private static let seconds = 10

    let name = "mail"
    let server: SMTPServer?

    func run() async -> Finding {
        guard let server else {
            return .warning("No mails are sent.", "Set SMTP_URL: nobody can renew a password yet.")
        }
        guard let reason = await server.probe(within: MailCheck.seconds) else {
            return .ok("\(server.address) lets us in, with TLS.")
        }
        return .failure(
            "\(server.address): \(reason)",
            "Look at SMTP_URL, ERRAND_SMTP_AUTH and ERRAND_SMTP_CA_FILE. TLS is required."
        )
    }
}

/// The keys that push services know us by.
struct PushCheck: HealthCheck {
    let name = "push keys"
    let contact: VapidContact?
    let keys: VapidKeys?

    func run() async -> Finding {
        guard contact != nil else {
            return .warning("Push is off.", "Set ERRAND_VAPID_CONTACT, or an https ERRAND_PUBLIC_URL.")
        }
        return .ok(keys == nil ? "The pair in the database is used." : "The pair of VAPID_PUBLIC_KEY is used.")
    }
}
