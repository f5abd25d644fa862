import ArgumentParser
import ErrandClient
import ErrandCore

struct ShowCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show all about one task.")

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    func run(in session: ClientSession) async throws {
        let json = try await session.read(["tasks", task.description]).json
        guard let view = TaskView(json) else { throw ClientError.unexpected("The server's answer is not a task.") }
        session.show(json) { TaskTable.details(view, due: session.dueText, on: session.screen) }
    }
}
