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

    /// The database that commands mean: that of `--data`, of `DATABASE_URL`, of `ERRAND_DATA`, else `./data`.
    static func chosen(data: String?) -> DatabaseLocation {
        if data == nil, let url = environmentURL { return .postgres(url) }
        return .folder(data ?? ProcessInfo.processInfo.environment["ERRAND_DATA"] ?? "./data")
    }

    /// The database file of a folder.
    static func file(in folder: String) -> String {
        URL(filePath: folder, directoryHint: .isDirectory).appending(path: "errand.sqlite").path(percentEncoded: false)
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
    ///
    /// - Parameter report: is told what goes wrong around transactions.
    func open<Result>(
        _ access: Access, report: @escaping @Sendable (SQLError) -> Void = DatabaseLocation.report,
        _ use: (any SQLDatabase) async throws -> Result
    ) async throws -> Result {
        let (database, close) = try connect(access, report)
        do {
            let result = try await use(database)
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }

    private func connect(
        _ access: Access, _ report: @escaping @Sendable (SQLError) -> Void
    ) throws -> (any SQLDatabase, () async -> Void) {
        switch self {
        case .folder(let folder):
            let path = DatabaseLocation.file(in: folder)
            var options = SQLiteOptions()
            options.isGuest = access == .guest
            options.readers = 1
            if access != .aloneOrNew, !FileManager.default.fileExists(atPath: path) {
                throw ValidationError("There is no database in \(folder).")
            }
            let database = try SQLiteDatabase.open(.file(path: path), options: options, report: report)
            return (database, { await database.close() })
        case .postgres(let url):
            var options = PostgresOptions(url: url)
            options.use(connections: PostgresOptions.connections.lowerBound)
            let database = PostgresDatabase(options, report: report)
            return (database, { await database.close() })
        }
    }

    static let report: @Sendable (SQLError) -> Void = { Terminal.remark("errand: \($0)") }
}
