import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport

/// Where the processes of a test keep what they are told.
struct Deployment: Sendable {
    enum Place: Sendable {
        /// A folder with a SQLite file.
        case folder(URL)
        /// The address of a PostgreSQL database.
        case postgres(String)
    }

    let place: Place
    /// Environment of every process beside the place.
    var settings: [String: String] = [:]

    /// Whether one process has the place to itself.
    var isFile: Bool {
        if case .folder = place { true } else { false }
    }

    /// What tells a process of the place.
    var environment: [String: String] {
        switch place {
        case .folder(let folder): settings.merging(["ERRAND_DATA": folder.path(percentEncoded: false)]) { $1 }
        case .postgres(let url):
            settings.merging(["DATABASE_URL": url, "ERRAND_DATABASE_CONNECTIONS": "5"]) { $1 }
        }
    }

    /// Opens the place beside the processes that use it.
    func withStore<Result: Sendable>(_ use: (any Store) async throws -> Result) async throws -> Result {
        switch place {
        case .folder(let folder):
            var options = SQLiteOptions()
            options.isGuest = true
            let file = folder.appending(path: "errand.sqlite").path(percentEncoded: false)
            let database = try SQLiteDatabase.open(.file(path: file), options: options) { _ in }
            return try await Deployment.use(database, close: { await database.close() }, use)
        case .postgres(let url):
            var options = PostgresOptions(url: url)
            options.use(connections: 3)
            let database = PostgresDatabase(options) { _ in }
            return try await Deployment.use(database, close: { await database.close() }, use)
        }
    }

    private static func use<Result: Sendable>(
        _ database: any SQLDatabase, close: () async -> Void, _ use: (any Store) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await use(try await SQLStore.open(over: database, migrates: false) { _ in })
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }
}

/// One PostgreSQL server for the tests of this process that do not stop it.
enum SharedPostgres {
    static let server = Task { try await PostgresServer(port: try FreePort.find()) }

    static func deployment() async throws -> Deployment {
        Deployment(place: .postgres(try await server.value.makeDatabase()))
    }
}
