import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport

/// Where the stories of these tests take place: in SQLite in memory, or with `ERRAND_TEST_STORE=postgresql` each in a
/// database of its own on a PostgreSQL server of the process.
enum TestDatabase {
    private static let isPostgres = ProcessInfo.processInfo.environment["ERRAND_TEST_STORE"] == "postgresql"
    private static let server = Task { try await PostgresServer(port: try FreePort.find()) }

    static func withStore(_ use: (SQLStore) async throws -> Void) async throws {
        if isPostgres {
            var options = PostgresOptions(url: try await server.value.makeDatabase())
            options.use(connections: 4)
            let database = PostgresDatabase(options) { _ in }
            try await with(database, close: { await database.close() }, use)
        } else {
            let database = try SQLiteDatabase.open(.memory) { _ in }
            try await with(database, close: { await database.close() }, use)
        }
    }

    private static func with(
        _ database: any SQLDatabase, close: () async -> Void, _ use: (SQLStore) async throws -> Void
    ) async throws {
        do {
            try await use(try await SQLStore.open(over: database) { _ in })
        } catch {
            await close()
            throw error
        }
        await close()
    }
}
