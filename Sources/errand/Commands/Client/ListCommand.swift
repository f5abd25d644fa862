import ArgumentParser

struct ListCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List tasks, by default the open ones.", aliases: ["ls"]
    )

    @OptionGroup var options: ClientOptions
    @OptionGroup var selection: ListOptions

    func run(in session: ClientSession) async throws {
        try await session.list(selection, search: nil)
    }
}
