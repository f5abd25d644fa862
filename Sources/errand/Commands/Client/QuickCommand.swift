import ArgumentParser
import CivilTime
import ErrandClient
import ErrandCore

struct QuickCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "quick", abstract: "Add a task in your own words.",
        discussion: "Example: errand quick 'Pay rent every month on the 1st at 9am #home p1 remind me 1 day before'"
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: ArgumentHelp("What to do, when, how often.", valueName: "word"))
    var words: [String]

    @Flag(help: "Only show how the words are read.")
    var dryRun = false

    @Option(help: "The language and order of day and month: en, en-US, de.")
    var locale: String?

    func run(in session: ClientSession) async throws {
        var form: JSONObject = ["text": .string(words.joined(separator: " "))]
        if dryRun { form.append("dry_run", true) }
        if let locale { form.append("locale", .string(locale)) }
        let json = try await session.write(.post, ["tasks", "quick-add"], body: .object(form)).json
        session.show(json) {
            TaskView(json["task"] ?? .null).map { ["Added \($0.label)"] } ?? reading(json["parsed"] ?? .null)
        }
        for warning in json["warnings"]?.array ?? [] {
            Terminal.remark("errand: \(PlainText.line(warning["detail"]?.string ?? ""))")
        }
    }

    /// A line per field that was read.
    private func reading(_ parsed: JSONValue) -> [String] {
        var lines = ["title: \(PlainText.line(parsed["title"]?.string ?? ""))"]
        if let due = parsed["due"], due != .null {
            let parts = ["date", "time", "time_zone"].compactMap { due[$0]?.string }
            lines.append("due: \(parts.joined(separator: " "))")
        }
        if let rule = parsed["recurrence"]?["text"]?.string ?? parsed["recurrence"]?["rrule"]?.string {
            lines.append("again: \(PlainText.line(rule))")
        }
        if let priority = parsed["priority"]?.string { lines.append("priority: \(priority)") }
        let tags = (parsed["tags"]?.array ?? []).compactMap(\.string)
        if !tags.isEmpty { lines.append("tags: \(PlainText.line(tags.joined(separator: ", ")))") }
        for reminder in parsed["reminders"]?.array ?? [] {
            let moment = reminder["before"]?.string.map { "\($0) before" } ?? reminder["at"]?.string ?? ""
            lines.append("remind: \(PlainText.line(moment))")
        }
        return lines
    }
}
