import ArgumentParser
import ErrandClient
import ErrandCore

struct AddCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a task.",
        discussion: "Example: errand add Buy milk --tag home --due 2026-11-30T18:00"
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: ArgumentHelp("The title, quoted or not.", valueName: "word"))
    var words: [String]

    @Option(help: "How much it matters; p1 (urgent) to p4 (low) work too.")
    var priority: Priority?

    @Option(
        name: .customLong("tag"), parsing: .singleValue,
        help: ArgumentHelp("A tag; repeat for more.", valueName: "tag")
    )
    var tags: [String] = []

    @OptionGroup var due: DueOptions

    @Option(help: "More about it, in Markdown.")
    var description: String?

    func run(in session: ClientSession) async throws {
        var task: JSONObject = [
            // With an id of its own a task that is sent twice is still one task.
            "id": .string(ClientSession.uniqueID().description),
            "title": .string(words.joined(separator: " ")),
        ]
        if let priority { task.append("priority", .string(priority.name)) }
        if !tags.isEmpty { task.append("tags", JSONValue(strings: tags)) }
        if let description { task.append("description", .string(description)) }
        if let (name, value) = try due.member { task.append(name, value) }
        let reply = try await session.write(.post, ["tasks"], body: .object(task))
        session.show(reply.json) { TaskView(reply.json).map { ["Added \($0.label)"] } ?? ["Added."] }
    }
}
