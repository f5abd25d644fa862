import ArgumentParser
import CivilTime
import ErrandClient
import ErrandCore

struct RemindCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "remind", abstract: "Set the reminders of a task; without any, remove them.",
        discussion: "Example: errand remind 12 --before PT1H --before P1D"
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "Its number or id.")
    var task: TaskReference

    @Option(parsing: .singleValue, help: "So long before it is due: PT30M, P1D (ISO 8601); repeat for more.")
    var before: [String] = []

    @Option(parsing: .singleValue, help: "At that time of the day it is due: 08:00; repeat for more.")
    var clock: [String] = []

    @Option(help: "So many days before that day, with --clock.")
    var daysBefore = 0

    @Option(parsing: .singleValue, help: "At that moment: 2026-11-30T08:00:00Z; repeat for more.")
    var at: [String] = []

    @Option(help: "Again after so long, until the task is done: PT15M.")
    var every: String?

    func run(in session: ClientSession) async throws {
        let moments = before.map { ("before", $0) } + clock.map { ("time", $0) } + at.map { ("at", $0) }
        let reminders = moments.map { name, value -> JSONValue in
            var reminder: JSONObject = [name: .string(value)]
            if name == "time" { reminder.append("days_before", JSONValue(daysBefore)) }
            if let every { reminder.append("repeat_every", .string(every)) }
            return .object(reminder)
        }
        let path = ["tasks", task.description, "reminders"]
        let json = try await session.write(.put, path, body: ["reminders": .array(reminders)]).json
        session.show(json) {
            let next = json["reminder_at"]?.string.map { "Next reminder: \($0)" } ?? "No reminder waits."
            return [TaskView(json).map { "\($0.label) · \(next)" } ?? next]
        }
    }
}

struct SnoozeCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze", abstract: "Be reminded once more, later.",
        discussion: "The id of a reminder is in: errand show 12 --json"
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "The id of the reminder.")
    var reminder: String

    @Option(name: .customLong("for"), help: "How long, as ISO 8601 writes it.")
    var length = "PT10M"

    func run(in session: ClientSession) async throws {
        let path = ["reminders", reminder, "snooze"]
        let json = try await session.write(.post, path, body: ["for": .string(length)]).json
        session.show(json) { ["Again at \(PlainText.line(json["remind_at"]?.string ?? ""))"] }
    }
}
