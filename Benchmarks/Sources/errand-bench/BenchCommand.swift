import ArgumentParser

/// Measures what the documents promise. Prints Markdown tables.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errand-bench", abstract: "Measures Errand.",
        subcommands: [
            OperationsCommand.self, CreatesCommand.self, LettersCommand.self, LoadCommand.self, ReadsCommand.self,
            RemindersCommand.self, EventsCommand.self, LiveCommand.self, GrowthCommand.self,
        ]
    )
}
