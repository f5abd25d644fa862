import ArgumentParser
import Foundation
import SQLStore

/// `errand copy`
struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "For operators: copy everything into another, empty database.",
        discussion: """
            From a file to PostgreSQL when an installation grows, or back. Accounts, tasks, history, sessions and keys \
            stay as they are, so nobody has to sign in again. Stop every server of both databases first.
            """
    )

    @Option(help: "sqlite:./data, postgres://…, or postgres: for DATABASE_URL.")
    var from: DatabaseLocation

    @Option(help: "The same.")
    var to: DatabaseLocation

    func run() async throws {
        do {
            try await from.open(.alone) { source in
                try await to.open(.aloneOrNew) { target in
                    try await DatabaseCopy(from: source, to: target, report: DatabaseLocation.report).run {
                        table, rows in
                        Terminal.write("\(table): \(rows)")
                    }
                }
            }
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
    }
}
