import ArgumentParser
import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver

/// The database that an operator looks into, whether a server is using it or not.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Folder of the database.")
    var data = ProcessInfo.processInfo.environment["ERRAND_DATA"] ?? "./data"

    func open<Result: Sendable>(_ use: (any Store) async throws -> Result) async throws -> Result {
        let path = URL(filePath: data, directoryHint: .isDirectory).appending(path: "errand.sqlite")
            .path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("There is no database in \(data).")
        }
        var options = SQLiteOptions()
        options.isGuest = true
        options.readers = 1
        let database: SQLiteDatabase
        let store: SQLStore
        do {
            database = try SQLiteDatabase.open(.file(path: path), options: options) { Terminal.remark("errand: \($0)") }
            store = try await SQLStore.open(over: database, migrates: false) { Terminal.remark("errand: \($0)") }
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
        do {
            let result = try await use(store)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}
