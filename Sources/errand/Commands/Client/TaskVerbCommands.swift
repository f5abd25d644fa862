import ArgumentParser
import ErrandCore
import Foundation

struct DoneCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "done", abstract: "Mark tasks as done.")

    @OptionGroup var options: ClientOptions
    @OptionGroup var arguments: TaskArguments

    func run(in session: ClientSession) async throws {
        try await session.perform(.complete, arguments.tasks)
    }
}

struct ReopenCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "reopen", abstract: "Mark tasks as not done.")

    @OptionGroup var options: ClientOptions
    @OptionGroup var arguments: TaskArguments

    func run(in session: ClientSession) async throws {
        try await session.perform(.reopen, arguments.tasks)
    }
}

struct RemoveCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "Move tasks to the trash.", discussion: "They stay there for 30 days."
    )

    @OptionGroup var options: ClientOptions
    @OptionGroup var arguments: TaskArguments

    func run(in session: ClientSession) async throws {
        try await session.perform(.delete, arguments.tasks)
    }
}

/// Tasks out of the trash; with `--data`, what operators do with a backup.
struct RestoreCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Take tasks out of the trash. With --data, for operators: restore a backup.",
        discussion: """
            `errand restore FILE --data FOLDER` checks a file that `errand backup` has made and puts it into a folder \
            that has no database, before a server starts there.
            """
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Numbers or ids of tasks; with --data, the file of a backup.", completion: .file())
    var subjects: [String]

    @Option(help: ArgumentHelp("Folder to put the backup into.", valueName: "folder"))
    var data: String?

    func validate() throws {
        if data == nil {
            try TaskArguments.check(try tasks)
        } else if subjects.count != 1 {
            throw ValidationError("Give one backup to restore.")
        }
    }

    private var tasks: [TaskReference] {
        get throws {
            try subjects.map { text in
                guard let task = TaskReference(argument: text) else {
                    throw ValidationError("\(text) is no number or id of a task. A backup needs --data.")
                }
                return task
            }
        }
    }

    mutating func run() async throws {
        guard let data else { return try await runClient() }
        let restore = BackupRestore(file: URL(filePath: subjects[0]), folder: data)
        try await OperatorFailure.told { Terminal.write(try await restore.run()) }
    }

    func run(in session: ClientSession) async throws {
        try await session.perform(.restore, try tasks)
    }
}
