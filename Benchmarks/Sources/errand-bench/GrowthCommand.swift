import ArgumentParser
import ErrandCore
import Foundation
import SQLStore

/// What becomes slower as more and more people have more and more tasks, and what does not.
struct GrowthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth", abstract: "Fill a database with tasks of many people, and measure in it."
    )

    @Option(help: "Tasks of all.") var tasks = 10_000_000
    @Option(help: "People; one has a tenth of all tasks, 100,000 at most, the others share the rest. [tasks / 1000]")
    var people: Int?
    @Option(help: "Runs of each operation.") var runs = 300
    @Option(help: "Keep the SQLite file in this folder.") var folder: String?
    @Flag(help: "Take the database as an earlier run has left it; --tasks and --people say how it was filled.")
    var filled = false
    @Flag(help: "Only fill it.") var onlyFill = false
    @OptionGroup var database: BenchDatabase

    func run() async throws {
        let size = GrowthSize(tasks: tasks, people: people)
        let isPostgres = database.database != nil
        let kept = FileManager.default.temporaryDirectory.appending(path: "errand-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: kept) }
        let place = folder ?? kept.path()
        if !filled {
            try await database.withDatabase(folder: place, isDurable: false) { store, database in
                try await GrowthFill(store: store, database: database, isPostgres: isPostgres, size: size).run()
            }
        }
        if onlyFill { return }
        try await database.withStore(folder: place) { store in
            let bench = try await GrowthBench(store, size)
            try await bench.measure(runs: runs, title: "\(database.name): \(tasks) tasks of \(size.people) people")
        }
    }
}
