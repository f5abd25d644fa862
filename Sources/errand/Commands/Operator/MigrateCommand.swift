import ArgumentParser
import Foundation
import SQLStore

/// `errand migrate`
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "For operators: bring the schema of a database up to date.",
        discussion: """
            A server does this by itself when it starts, unless it runs with --migrate off. Servers of the version \
            before refuse to start afterwards; those that run go on.
            """
    )

    @Argument(help: "sqlite:./data, postgres://…, or postgres: for DATABASE_URL. (default: postgres:)")
    var database: DatabaseLocation

    func run() async throws {
        do {
            try await database.open(.alone) { database in
                _ = try await SQLStore.open(over: database, report: DatabaseLocation.report)
            }
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
        Terminal.write("The schema is up to date.")
    }
}
