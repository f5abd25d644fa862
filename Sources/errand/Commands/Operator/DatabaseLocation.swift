import ArgumentParser
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver

/// Which database an operator means.
enum DatabaseLocation: ExpressibleByArgument {
    /// `sqlite:./data`: the folder of a server.
    case folder(String)
    /// `postgres://…`; `postgres:` alone stands for `DATABASE_URL`, which keeps a password off the command line.
    case postgres(String)

    init?(argument: String) {
        if argument.hasPrefix("sqlite:") {
            let folder = String(argument.dropFirst("sqlite:".count))
            guard !folder.isEmpty else { return nil }
            self = .folder(folder)
        } else if argument == "postgres:" || argument == "postgresql:" {
            guard let url = DatabaseLocation.environmentURL else { return nil }
            self = .postgres(url)
        } else if argument.hasPrefix("postgres://") || argument.hasPrefix("postgresql://") {
            self = .postgres(argument)
        } else {
            return nil
        }
    }

    /// `DATABASE_URL`.
    static var environmentURL: String? {
        ProcessInfo.processInfo.environment["DATABASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What a use of the database has to know.
    enum Access {
        /// Beside a server that may be running.
        case guest
        /// Instead of a server.
        case alone
        /// Instead of a server; the database of a folder is made where there is none.
        case aloneOrNew
    }

    /// Opens the database, hands it over and closes it.
    func open<Result>(
        _ access: Access, _ use: (any SQLDatabase) async throws -> Result
    ) async throws -> Result {
        let (database, close) = try connect(access)
        do {
            let result = try await use(database)
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }

    private func connect(_ access: Access) throws -> (any SQLDatabase, () async -> Void) {
        switch self {
        case .folder(let folder):
            let url = URL(filePath: folder, directoryHint: .isDirectory).appending(path: "errand.sqlite")
            let path = url.path(percentEncoded: false)
            var options = SQLiteOptions()
            options.isGuest = access == .guest
            options.readers = 1
            if access != .aloneOrNew, !FileManager.default.fileExists(atPath: path) {
                throw ValidationError("There is no database in \(folder).")
            }
            let database = try SQLiteDatabase.open(.file(path: path), options: options, report: Self.report)
            return (database, { await database.close() })
        case .postgres(let url):
            var options = PostgresOptions(url: url)
            options.use(connections: PostgresOptions.connections.lowerBound)
            let database = PostgresDatabase(options, report: Self.report)
            return (database, { await database.close() })
        }
    }

    static let report: @Sendable (SQLError) -> Void = { Terminal.remark("errand: \($0)") }
}
