import ArgumentParser
import CivilTime
import ErrandClient
import ErrandCore

struct SkipCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "skip", abstract: "Leave out one occurrence of a task that comes again."
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    func run(in session: ClientSession) async throws {
        let json = try await session.write(.post, ["tasks", task.description, "skip"]).json
        session.show(json) { session.nextLine("Skipped; next:", json) }
    }
}

struct EndSeriesCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "end-series", abstract: "Let a task come no more after this time."
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    func run(in session: ClientSession) async throws {
        let json = try await session.write(.post, ["tasks", task.description, "end-series"]).json
        session.show(json) { TaskView(json).map { ["For the last time: \($0.label)"] } ?? ["Ended."] }
    }
}

struct RescheduleCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "reschedule", abstract: "Move a task; its rule stays.",
        discussion: "Example: errand reschedule 12 next friday at 5pm"
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    @Argument(help: ArgumentHelp("When: tomorrow, friday at 5pm, 2026-11-30 …", valueName: "word"))
    var words: [String]

    func run(in session: ClientSession) async throws {
        let body: JSONValue = ["text": .string(words.joined(separator: " "))]
        let json = try await session.write(.post, ["tasks", task.description, "reschedule"], body: body).json
        session.show(json) { session.nextLine("Moved:", json) }
    }
}

struct OccurrencesCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "occurrences", abstract: "Show when a task comes again."
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    @Option(help: "How many at most.")
    var limit = 10

    func run(in session: ClientSession) async throws {
        let path = ["tasks", task.description, "occurrences"]
        let json = try await session.read(path, query: [("limit", String(limit))]).json
        session.show(json) {
            (json["items"]?.array ?? []).map { item in
                ["date", "time", "time_zone"].compactMap { item["due"]?[$0]?.string }.joined(separator: " ")
            }
        }
    }
}

extension ClientSession {
    fileprivate func nextLine(_ verb: String, _ json: JSONValue) -> [String] {
        guard let view = TaskView(json) else { return [verb] }
        let due = view.due.map { " · \(dueText.short($0))" } ?? ""
        return ["\(verb) \(view.label)\(due)"]
    }
}
