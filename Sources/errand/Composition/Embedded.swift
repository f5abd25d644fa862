import ErrandCore
import EventDelivery
import Logging
import NotificationService
import SQLStore
import SQLiteDriver

/// Everything in one process on one SQLite file.
enum Embedded {
    /// The file has one process at a time, so each goes on with the lease of the one before, and need not wait for
    /// its end after a crash.
    private static let relayHolder: UniqueID = {
        guard let id = UniqueID("e4a4d000-0000-8000-8000-000000000001") else { preconditionFailure("It is a UUID.") }
        return id
    }()

    static func assemble(
        _ configuration: ServerConfiguration, _ tracing: Tracing? = nil, logger: Logger
    ) async throws -> Assembly {
        let report = SQLTelemetry(logger: logger).report
        var options = SQLiteOptions()
        options.synchronous = configuration.synchronous
        let database = try SQLiteDatabase.open(
            .file(path: configuration.databasePath), options: options, report: report
        )
        let (relayBell, clockBell, deliveryBell) = (WakeUp(), WakeUp(), DeliveryBell())
        let store = try await SQLStore.open(over: database, report: report) { news in
            if news.contains(.events) { relayBell.ring() }
            if news.contains(.reminders) { clockBell.ring() }
            if news.contains(.deliveries) { deliveryBell.ring() }
        }
        let environment = Environment(store: store)
        return try await Assembly(
            on: Assembly.Foundations(
                environment: environment, tracing: tracing,
                carrier: .log(environment, BusTelemetry(logger: logger, tracing: tracing)), relayHolder: relayHolder,
                relayBell: relayBell, clockBell: clockBell, deliveryBell: deliveryBell,
                pools: { database.pools }, close: { await database.close() }
            ),
            configuration, logger: logger
        )
    }
}
