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
    @Option(help: "Old events, entries of inboxes and undo records to be removed, of each. None are looked at with 0.")
    var backlog = 0
    @Option(help: "How long creates are measured with and without housekeeping.") var seconds = 20
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
        try await database.withDatabase(folder: place) { store, _ in
            let bench = try await GrowthBench(store, size)
            if !filled { try await bench.check() }
            if runs > 0 {
                let title = "\(self.database.name): \(tasks) tasks of \(size.people) people"
                try await bench.measure(runs: runs, title: title)
            }
        }
        if backlog == 0 { return }
        try await database.withDatabase(folder: place) { _, database in
            try await GrowthBacklog(database: database, isPostgres: isPostgres, rows: backlog).make()
        }
        // What took months elsewhere has come about in a minute: it is to be on the disk before anything is measured.
        sync()
        try await database.withDatabase(folder: place) { store, _ in
            try await GrowthBench(store, size).housekeeping.measure(seconds: seconds)
        }
    }
}
