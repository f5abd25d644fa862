import ArgumentParser
import ErrandCore
import SQLStore

/// The database that an operator looks into, whether a server is using it or not.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Folder of the database. (default: the database of DATABASE_URL, else ./data)")
    var data: String?

    func open<Result: Sendable>(_ use: (any Store) async throws -> Result) async throws -> Result {
        do {
            return try await DatabaseLocation.chosen(data: data).open(.guest) { database in
                try await use(
                    try await SQLStore.open(over: database, migrates: false, report: DatabaseLocation.report)
                )
            }
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
    }
}
