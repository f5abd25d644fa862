import ArgumentParser
import ErrandCore
import Foundation
import SQLStore

/// The database that an operator looks into, whether a server is using it or not.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Folder of the database. (default: the database of DATABASE_URL, else ./data)")
    var data: String?

    private var location: DatabaseLocation {
        let environment = ProcessInfo.processInfo.environment["ERRAND_DATA"]
        if data == nil, let url = DatabaseLocation.environmentURL { return .postgres(url) }
        return .folder(data ?? environment ?? "./data")
    }

    func open<Result: Sendable>(_ use: (any Store) async throws -> Result) async throws -> Result {
        do {
            return try await location.open(.guest) { database in
                try await use(
                    try await SQLStore.open(over: database, migrates: false, report: DatabaseLocation.report)
                )
            }
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
    }
}
