import ArgumentParser
import ErrandClient
import ErrandCore

struct TagsCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags", abstract: "List the tags with their open tasks and all tasks."
    )

    @OptionGroup var options: ClientOptions

    func run(in session: ClientSession) async throws {
        let json = try await session.read(["tags"]).json
        let tags = json["items"]?.array ?? []
        session.show(json) { tags.isEmpty ? [] : TaskTable.tagLines(tags, on: session.screen) }
    }
}
