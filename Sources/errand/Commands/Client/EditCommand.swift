import ArgumentParser
import ErrandClient
import ErrandCore

struct EditCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change a task.", discussion: "Example: errand edit 12 --due none --tag urgent"
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    @Option(help: "The new title.")
    var title: String?

    @Option(help: "The new description; empty for none.")
    var description: String?

    @Option(help: "How much it matters; p1 (urgent) to p4 (low) work too.")
    var priority: Priority?

    @OptionGroup(title: "Due date (none clears it)") var due: DueOptions

    @Option(name: .customLong("tag"), parsing: .singleValue, help: ArgumentHelp("A tag to add.", valueName: "tag"))
    var added: [String] = []

    @Option(name: .customLong("untag"), parsing: .singleValue, help: ArgumentHelp("A tag to remove.", valueName: "tag"))
    var removed: [String] = []

    @Option(name: .customLong("repeat"), help: "How it comes again, in words: every other friday; none ends it.")
    var recurrence: String?

    func validate() throws {
        let isEmpty = try fields().isEmpty && added.isEmpty && removed.isEmpty
        if isEmpty { throw ValidationError("Say what to change: --title, --priority, --due …") }
    }

    func run(in session: ClientSession) async throws {
        let json = try await edited(session)
        session.show(json) { TaskView(json).map { ["Changed \($0.label)"] } ?? ["Changed."] }
    }

    private func edited(_ session: ClientSession) async throws -> JSONValue {
        let path = ["tasks", task.description]
        let fields = try fields()
        let change: JSONValue = ["add": JSONValue(strings: added), "remove": JSONValue(strings: removed)]
        if fields.isEmpty { return try await session.write(.patch, path + ["tags"], body: change).json }
        if added.isEmpty, removed.isEmpty { return try await session.write(.patch, path, body: .object(fields)).json }
        return try await editedWithTags(session, path, fields)
    }

    /// Changes tags and other fields in one step, so that one undo takes it all back: reads the tags, and
    /// writes on the condition that the task is still the one that was read.
    private func editedWithTags(
        _ session: ClientSession, _ path: [String], _ fields: JSONObject
    ) async throws -> JSONValue {
        guard let current = TaskView(try await session.read(path).json) else {
            throw ClientError.unexpected("The server's answer is not a task.")
        }
        let gone = removed.map(Tag.init(name:))
        let kept = current.tags.map(Tag.init(name:)).filter { !gone.contains($0) }
        let tags = (kept + added.map(Tag.init(name:))).withoutRepeats
        var fields = fields
        fields.append("tags", JSONValue(strings: tags.map(\.name)))
        return try await session.write(.patch, path, body: .object(fields), version: current.version).json
    }

    private func fields() throws -> JSONObject {
        var fields = JSONObject()
        if let title { fields.append("title", .string(title)) }
        if let description { fields.append("description", .string(description)) }
        if let priority { fields.append("priority", .string(priority.name)) }
        if let (name, value) = try due.member { fields.append(name, value) }
        if let recurrence {
            fields.append("recurrence", recurrence == "none" ? .null : ["text": .string(recurrence)])
        }
        return fields
    }
}
