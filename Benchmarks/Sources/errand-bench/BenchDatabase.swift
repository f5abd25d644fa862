import ArgumentParser
import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver

/// Where a benchmark keeps what it measures.
struct BenchDatabase: ParsableArguments {
    @Option(help: "An empty PostgreSQL database (postgres://…) instead of a SQLite file.")
    var database: String?

    var name: String { database == nil ? "SQLite" : "PostgreSQL" }

    /// Hands over a store, and on PostgreSQL calls `onEvents` when events were committed.
    ///
    /// - Parameter folder: where the SQLite file is and stays; nil for one that is removed.
    func withStore(
        folder kept: String? = nil, onEvents: @escaping @Sendable () -> Void = {},
        _ use: (SQLStore) async throws -> Void
    ) async throws {
        try await withDatabase(folder: kept, onEvents: onEvents) { store, _ in try await use(store) }
    }

    /// Like ``withStore(folder:onEvents:_:)``, and hands over the database under the store as well.
    ///
    /// - Parameter isDurable: false where a crash may take what was written.
    func withDatabase(
        folder kept: String? = nil, isDurable: Bool = true, onEvents: @escaping @Sendable () -> Void = {},
        _ use: (SQLStore, any SQLDatabase) async throws -> Void
    ) async throws {
        if let database {
            let options = PostgresOptions(url: database)
            let postgres = PostgresDatabase(options) { Table.line("\($0)") }
            let listener = PostgresListener(options, report: { Table.line("\($0)") }) { news in
                if news == .events { onEvents() }
            }
            try await use(try await SQLStore.open(over: postgres) { Table.line("\($0)") }, postgres)
            await listener.close()
            await postgres.close()
            return
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = kept.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? folder
        var options = SQLiteOptions()
        options.synchronous = isDurable ? .full : .normal
        let path = place.appending(path: "errand.sqlite").path()
        let file = try SQLiteDatabase.open(.file(path: path), options: options) { Table.line("\($0)") }
        try await use(try await SQLStore.open(over: file) { Table.line("\($0)") }, file)
        await file.close()
    }
}
