import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// Stores for tests, closed and removed afterwards.
enum TestStore {
    static func withStore(
        at location: SQLiteDatabase.Location, options: SQLiteOptions = SQLiteOptions(),
        _ use: @Sendable (SQLStore, SQLiteDatabase) async throws -> Void
    ) async throws {
        let database = try SQLiteDatabase.open(location, options: options) { Issue.record("\($0)") }
        do {
            // Statements that the schema refuses are part of what is tested.
            try await use(try await SQLStore.open(over: database) { _ in }, database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    static func withStore(
        at url: String, _ use: @Sendable (SQLStore, PostgresDatabase) async throws -> Void
    ) async throws {
        let database = PostgresDatabase(PostgresOptions(url: url)) { Issue.record("\($0)") }
        do {
            try await use(try await SQLStore.open(over: database) { _ in }, database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Hands over the path of a database that does not exist yet.
    static func withFile(_ use: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await use(folder.appending(path: "errand.sqlite").path(percentEncoded: false))
    }
}

/// One PostgreSQL server for all tests of the process.
enum TestPostgres {
    static let server = Task { try await PostgresServer(port: try FreePort.find()) }
}
