import ErrandCore
import EventDelivery
import Logging
import NotificationService
import PostgresDriver
import SQLStore

/// One of many processes on a PostgreSQL database.
enum Distributed {
    /// How long a process that starts waits for its database.
    private static let startLimit = Duration.seconds(60)
    private static let startPause = Duration.seconds(1)
    /// How long events of a process that has ended wait for their places in the log, if nobody writes meanwhile.
    private static let settlePause = Duration.seconds(5)

    static func assemble(
        _ configuration: ServerConfiguration, _ tracing: Tracing?, databaseURL: String, logger: Logger
    ) async throws -> Assembly {
        let report = SQLTelemetry(logger: logger).report
        var options = PostgresOptions(url: databaseURL)
        options.use(connections: configuration.databaseConnections)
        let database = PostgresDatabase(options, report: report)
        do {
            try await wait(for: database)
            let store = try await SQLStore.open(over: database, migrates: configuration.migrates, report: report)
            return try await assemble(configuration, tracing, store, database, options, logger)
        } catch {
            await database.close()
            throw error
        }
    }

    private static func assemble(
        _ configuration: ServerConfiguration, _ tracing: Tracing?, _ store: SQLStore, _ database: PostgresDatabase,
        _ options: PostgresOptions, _ logger: Logger
    ) async throws -> Assembly {
        let environment = Environment(store: store)
        let (relayBell, clockBell, deliveryBell) = (WakeUp(), WakeUp(), DeliveryBell())
        let carrier = try await Carrier.make(
            configuration, environment, clockBell: clockBell, BusTelemetry(logger: logger, tracing: tracing)
        )
        let listener = PostgresListener(options, report: SQLTelemetry(logger: logger).report) { news in
            switch news {
            case .events:
                relayBell.ring()
                carrier.wake()
            case .reminders: clockBell.ring()
            case .deliveries: deliveryBell.ring()
            }
        }
        let settling = Task {
            while !Task.isCancelled {
                await store.settleLog()
                try? await Task.sleep(for: settlePause)
            }
        }
        @Sendable func close() async {
            settling.cancel()
            await settling.value
            await carrier.close()
            await listener.close()
        }
        do {
            return try await Assembly(
                on: Assembly.Foundations(
                    environment: environment, tracing: tracing, carrier: carrier,
                    relayHolder: environment.makeID(environment.now()),
                    relayBell: relayBell, clockBell: clockBell, deliveryBell: deliveryBell,
                    pools: { database.pools },
                    close: {
                        await close()
                        await database.close()
                    }
                ),
                configuration, logger: logger
            )
        } catch {
            await close()
            throw error
        }
    }

    /// Containers start in any order.
    private static func wait(for database: PostgresDatabase) async throws {
        let start = ContinuousClock.now
        while true {
            do throws(ErrandError) {
                return try await database.read { (_) throws(ErrandError) in }
            } catch {
                guard ContinuousClock.now - start < startLimit else { throw StartError.databaseUnreachable }
            }
            try await Task.sleep(for: startPause)
        }
    }

    enum StartError: Error, CustomStringConvertible {
        case databaseUnreachable

        var description: String {
            "The database cannot be reached. Look at DATABASE_URL, and at the log above for the reason."
        }
    }
}
