import ArgumentParser

/// The `errand` program.
@main
struct ErrandCommand: AsyncParsableCommand {
    /// Of this program.
    static let version = "1.0.0"

    static let configuration = CommandConfiguration(
        commandName: "errand", abstract: "A to-do service that you can talk to.",
        subcommands: [
            ServeCommand.self, LoginCommand.self, LogoutCommand.self, AddCommand.self, QuickCommand.self,
            ListCommand.self, SearchCommand.self, ShowCommand.self, DoneCommand.self, ReopenCommand.self,
            EditCommand.self,
            RemoveCommand.self, RestoreCommand.self, UndoCommand.self, RedoCommand.self, TagsCommand.self,
            SkipCommand.self, RescheduleCommand.self, EndSeriesCommand.self, OccurrencesCommand.self,
            RemindCommand.self, SnoozeCommand.self, InboxCommand.self, NotifyCommand.self, WatchCommand.self,
            ChatCommand.self, MCPCommand.self, ExportCommand.self, ImportCommand.self, AuditCommand.self,
            EventsCommand.self, MigrateCommand.self, CopyCommand.self, BackupCommand.self, DoctorCommand.self,
            CompletionsCommand.self,
        ]
    )

    @Flag(help: "Print version, commit and zone data.")
    var version = false

    func run() async throws {
        guard version else { throw CleanExit.helpRequest(self) }
        Terminal.write(BuildInfo.lines)
    }
}
