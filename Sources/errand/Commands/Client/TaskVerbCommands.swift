import ArgumentParser

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

struct RestoreCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "restore", abstract: "Take tasks out of the trash.")

    @OptionGroup var options: ClientOptions
    @OptionGroup var arguments: TaskArguments

    func run(in session: ClientSession) async throws {
        try await session.perform(.restore, arguments.tasks)
    }
}
