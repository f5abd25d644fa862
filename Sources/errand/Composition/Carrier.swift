import CivilTime
import DaprBus
import ErrandCore
import ErrandHTTP
import EventDelivery
import Hummingbird
import KafkaBus
import Logging

/// What carries events between the processes on one PostgreSQL database.
enum CarrierChoice: Sendable {
    /// The log in the database.
    case log
    case kafka(KafkaConfiguration)
    case dapr(SidecarConfiguration)

    /// Whether a file, which has one process at a time, is too little.
    var needsDatabase: Bool {
        if case .log = self { false } else { true }
    }
}

/// A bus, and what belongs to it in a process, such as the state store beside a sidecar.
struct Carrier: Sendable {
    let bus: any EventBus
    let conversations: any ConversationStore
    /// Consumers whose places in the log retention waits for; none where a broker keeps events for them.
    var consumersOfLog: [ProcessRole] = []
    /// New events were committed, here or elsewhere.
    var wake: @Sendable () -> Void = {}
    /// Another reminder may be the next; nil for none.
    var reminderMoved: @Sendable (Instant?) -> Void = { _ in }
    /// What the outside calls on the internal port.
    var addRoutes: @Sendable (Router<ErrandRequestContext>) -> Void = { _ in }
    /// For what other processes have called on the internal port; nil where nobody can.
    var door: PeerDoor?
    /// What runs beside the bus in role `chat-api`, until cancelled; nil where nothing does.
    var work: (@Sendable () async -> Void)?
    var isReady: @Sendable () async -> Bool = { true }
    /// Called when nobody publishes any more.
    var close: @Sendable () async -> Void = {}

    static func make(
        _ configuration: ServerConfiguration, _ environment: ErrandCore.Environment, clockBell: WakeUp,
        _ telemetry: BusTelemetry
    ) async throws -> Carrier {
        switch configuration.carrier {
        case .log: log(environment, telemetry)
        case .kafka(let kafka): try Carrier.kafka(kafka, environment, telemetry)
        case .dapr(let sidecar):
            try await dapr(sidecar, configuration.roles, environment, clockBell: clockBell, telemetry)
        }
    }

    static func log(_ environment: ErrandCore.Environment, _ telemetry: BusTelemetry) -> Carrier {
        let bus = LocalEventBus(environment: environment, observer: telemetry)
        return Carrier(
            bus: bus, conversations: StoreConversations(environment: environment),
            consumersOfLog: ProcessRole.consumers,
            wake: { bus.wake() }
        )
    }

    private static func kafka(
        _ configuration: KafkaConfiguration, _ environment: ErrandCore.Environment, _ telemetry: BusTelemetry
    ) throws -> Carrier {
        let bus = try KafkaEventBus(
            configuration: configuration, environment: environment, observer: telemetry
        ) { notice in
            let level: Logger.Level =
                switch notice.level {
                case .debug: .debug
                case .info: .info
                case .warning: .warning
                case .error: .error
                }
            telemetry.logger.log(level: level, "Kafka: \(notice.text)")
        }
        return Carrier(
            bus: bus, conversations: StoreConversations(environment: environment), close: { await bus.close() }
        )
    }
}
