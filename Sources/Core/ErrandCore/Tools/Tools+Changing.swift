import CivilTime
import TaskLanguage

/// What changes fields of tasks.
extension Tool {
    static let updateTask = Tool(
        "update_task", "Change a task",
        "Changes the arguments that are given and keeps the rest; null clears. Of a recurring task a date moves this "
            + "one only, everything else holds for those that follow too, unless `scope` says otherwise.",
        .overwrites,
        input: ToolSchema.object(
            ["task_id": ToolSchema.taskID, "title": ToolSchema.text()], ToolSchema.changes,
            [
                "scope": ToolSchema.choice(EditScope.allCases.map(\.rawValue))
            ],
            required: ["task_id"]
        ),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let edits = reader.items { reader, place -> Edit? in
            let target = reader.target().first
            let scope = reader.value("scope")
            let task = ToolTask(&reader, at: place, ["title", "status", "completed"])
            if task.isEmpty { reader.report("title", .required, "Give at least one thing to change.") }
            return target.map { Edit(target: $0, scope: scope, task: task) }
        }
        return .each(edits, "updated", at: \.target.place) { (edit, context) throws(ErrandError) in
            let parameters = edit.scope.map { JSONValue.object(["scope": $0]) } ?? [:]
            let present = try context.task(edit.target.input().target())
            let input = OperationInput(
                subject: edit.target.subject, versions: edit.target.versions, parameters: .json(parameters, at: ""),
                body: try edit.task.body(try context.speech, wasDated: present.due != nil)
            )
            let task = try Catalogue.editTask.execute(input, at: edit.task.place, in: context)
            return (task, Catalogue.editTask.sentence(task))
        }
    }

    private struct Edit: Sendable {
        let target: ToolTarget
        let scope: JSONValue?
        let task: ToolTask
    }

    static let setPriority = Tool(
        "set_priority", "Set the priority", "Says how much one task, or up to 25, matters.", .sets,
        input: ToolSchema.object(ToolSchema.taskIDs, ["priority": ToolSchema.priority], required: ["priority"]),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let targets = reader.targets()
        reader.require("priority")
        let priority = reader.priority() ?? .standard
        return .each(targets, "updated", by: Catalogue.setPriority, ["priority": .string(priority.name)])
    }

    static let addTag = tagging(
        "add_tag", "Add tags", "Adds tags to one task, or up to 25, and keeps those that are there.", member: "add"
    )

    static let removeTag = tagging(
        "remove_tag", "Remove tags", "Takes tags off one task, or up to 25.", member: "remove")

    private static func tagging(_ name: String, _ title: String, _ description: String, member: String) -> Tool {
        let input = ToolSchema.object(
            ToolSchema.taskIDs, ["tag": ToolSchema.text(), "tags": ToolSchema.tags]
        )
        return Tool(
            name, title, description, .sets, input: input, output: ToolSchema.written, renames: writeRenames
        ) { (reader) throws(ErrandError) in
            let targets = reader.targets()
            let several = reader.tags("tags")
            let one = reader.text("tag", .tag).map { Tag(name: $0) }
            if !reader.contains("tag"), !reader.contains("tags") {
                reader.report("tag", .required, "Give tag, or tags.")
            }
            let names = ((one.map { [$0] } ?? []) + (several ?? [])).withoutRepeats.map(\.name)
            return .each(targets, "updated", by: Catalogue.setTags, .object([member: JSONValue(strings: names)]))
        }
    }

    static let setDueDate = Tool(
        "set_due_date", "Set the due date",
        "Says when one task, or up to 25, is due; null for never. To postpone a task use reschedule_task.", .sets,
        input: ToolSchema.object(
            ToolSchema.taskIDs,
            [
                "due_date": [
                    "type": ["string", "null"], "description": "RFC 3339, YYYY-MM-DD, words, or null",
                ]
            ], required: ["due_date"]
        ),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let targets = reader.targets()
        reader.require("due_date")
        let due = reader.value("due_date") ?? .null
        return moving(targets.map { Move(target: $0, due: due, place: "") }, "updated", by: Catalogue.setDue)
    }

    static let rescheduleTask = Tool(
        "reschedule_task", "Move tasks to another date",
        "Moves open tasks to a date or time, and keeps the rule of those that recur. Several to one date: `task_ids`; "
            + "each to its own: `tasks`.",
        .sets,
        input: ToolSchema.object(
            ToolSchema.taskIDs,
            [
                "due_date": ToolSchema.dueDate,
                "tasks": ToolSchema.list(
                    ToolSchema.object(
                        ["task_id": ["type": ["integer", "string"]], "due_date": ToolSchema.text()],
                        required: ["task_id", "due_date"]
                    ), max: Limits.toolItemsMax
                ),
            ]
        ),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let moves = reader.items { reader, place -> [Move] in
            let targets = place.isEmpty ? reader.targets() : reader.target()
            reader.require("due_date")
            let due = reader.string("due_date").map { JSONValue.string($0) } ?? .null
            return targets.map { Move(target: $0, due: due, place: place) }
        }
        return moving(moves.flatMap { $0 }, "rescheduled", by: Catalogue.rescheduleTask)
    }

    private struct Move: Sendable {
        let target: ToolTarget
        let due: JSONValue
        /// Where the call says when.
        let place: String
    }

    private static func moving(_ moves: [Move], _ status: String, by entry: CatalogueEntry<TodoTask>) -> ToolWork {
        .each(moves, status, at: \.target.place) { (move, context) throws(ErrandError) in
            let due = try context.speech.due(move.due, at: "\(move.place)/due_date")
            let body = JSONValue.object([due.name: due.value])
            let task = try entry.execute(move.target.input(body), at: move.place, in: context)
            return (task, entry.sentence(task))
        }
    }

    static let setReminder = Tool(
        "set_reminder", "Set a reminder",
        "Adds a reminder to a task: `before` it is due, or `at` a time. With `replace` it takes the place of those it "
            + "has.",
        .sets,
        input: ToolSchema.object(
            [
                "task_id": ToolSchema.taskID,
                "before": ToolSchema.text("ISO 8601 duration such as PT1H; PT0S: when due"),
                "at": ToolSchema.text("RFC 3339, a time of the day it is due, or words: the evening before"),
                "repeat_every": ToolSchema.text("ISO 8601 duration; again until done"), "replace": ToolSchema.flag(),
            ], required: ["task_id"]
        ),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let targets = reader.target()
        let before = reader.string("before")
        let at = reader.string("at")
        let every = reader.value("repeat_every") == .null ? nil : reader.string("repeat_every")
        let replaces = reader.bool("replace") ?? false
        if reader.contains("before"), reader.contains("at") {
            reader.report("at", .excluded, "Cannot be given together with before.")
        } else if !reader.contains("before"), !reader.contains("at") {
            reader.report("before", .required, "Give before, or at.")
        }
        return .each(targets, "updated", at: \.place) { (target, context) throws(ErrandError) in
            let speech = try context.speech
            var reminder = JSONObject()
            let task = try context.task(target.input().target())
            if let at { reminder = try speech.occasion(at, at: "/at", isDated: task.due != nil) }
            if let before { reminder["before"] = try speech.length(before, at: "/before") }
            if let every { reminder["repeat_every"] = try speech.length(every, at: "/repeat_every") }
            // Read first, so that what is wrong is told where the call says it.
            _ = try Catalogue.readReminder(.object(reminder))
            let kept = replaces ? [] : task.reminders.map(\.json)
            let body: JSONValue = ["reminders": .array(kept + [.object(reminder)])]
            let changed = try Catalogue.setReminders.execute(target.input(body), in: context)
            return (changed, Catalogue.setReminders.sentence(changed))
        }
    }
}

extension ToolSpeech {
    /// A duration, in ISO 8601 or in words.
    fileprivate func length(_ text: String, at pointer: String) throws(ErrandError) -> JSONValue {
        if CalendarSpan(text) != nil { return .string(text) }
        if let length = DurationWords.parse(text, in: language) { return .string(length.description) }
        throw .invalid(pointer, .invalidValue, "Must be an ISO 8601 duration such as PT1H, or words such as 1 hour.")
    }
}

extension Catalogue {
    /// A single reminder, by the rules of those in a list.
    fileprivate static func readReminder(_ json: JSONValue) throws(ErrandError) -> ReminderInput? {
        var reader = FieldReader(json)
        let input = reader.reminderMembers()
        try reader.finish()
        return input
    }
}
