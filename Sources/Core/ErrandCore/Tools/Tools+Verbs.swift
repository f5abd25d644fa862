/// What is done with tasks as a whole.
extension Tool {
    static let completeTask = verb(
        "complete_task", "Complete tasks",
        "Marks one task, or up to 25, as done. Of a recurring task the next one appears by itself.", .sets,
        "completed", Catalogue.completeTask
    )

    static let reopenTask = verb(
        "reopen_task", "Reopen tasks", "Makes completed tasks pending again.", .sets, "reopened", Catalogue.reopenTask
    )

    static let restoreTask = verb(
        "restore_task", "Restore tasks", "Takes deleted tasks out of the trash.", .sets, "restored",
        Catalogue.restoreTask
    )

    static let skipOccurrence = verb(
        "skip_occurrence", "Skip an occurrence",
        "Leaves out this date of a recurring task: the task moves on to the next one. It is not completed.", .advances,
        "skipped", Catalogue.skipOccurrence, isSingle: true
    )

    static let endSeries = verb(
        "end_series", "End a series", "Lets a recurring task come no more after this time; the task stays.", .sets,
        "updated", Catalogue.endSeries, isSingle: true
    )

    private static func verb(
        _ name: String, _ title: String, _ description: String, _ effect: Effect, _ status: String,
        _ entry: CatalogueEntry<TodoTask>, isSingle: Bool = false
    ) -> Tool {
        let input =
            isSingle
            ? ToolSchema.object(["task_id": ToolSchema.taskID], required: ["task_id"])
            : ToolSchema.object(ToolSchema.taskIDs)
        return Tool(
            name, title, description, effect, input: input, output: ToolSchema.written, renames: writeRenames
        ) { (reader) throws(ErrandError) in
            .each(isSingle ? reader.target() : reader.targets(), status, by: entry)
        }
    }

    static let deleteTask = Tool(
        "delete_task", "Delete tasks",
        "Puts one task, or up to 25, into the trash, where they stay for 30 days. For more than one the user has to "
            + "agree: then call with `confirm: true`.",
        .overwrites, input: ToolSchema.object(ToolSchema.taskIDs, ["confirm": ToolSchema.flag()]),
        output: ToolSchema.written, renames: writeRenames
    ) { (reader) throws(ErrandError) in
        let targets = reader.targets()
        let isConfirmed = reader.bool("confirm") ?? false
        if targets.count < 2 || isConfirmed { return .each(targets, "deleted", by: Catalogue.deleteTask) }
        return .look { (context) throws(ErrandError) in
            var tasks: [TodoTask] = []
            for target in targets { tasks.append(try context.task(try target.input().task())) }
            let names = tasks.map(\.label).joined(separator: "; ")
            let question = "Delete \(Sentences.count(tasks.count, "task")) (\(names))?"
            return ToolResult(
                json: ["status": "needs_confirmation", "tasks": .array(tasks.map(\.toolLine))],
                sentence: "Nothing was done. \(question) Ask the user, then call again with confirm: true.",
                question: question
            )
        }
    }

    static let undo = Tool(
        "undo", "Undo a change",
        "Takes back what one write did, all of it. `token` is the `undo` of its answer; without one, the last change "
            + "of the last 10 minutes, whoever made it.",
        .overwrites, input: ToolSchema.object(["token": ToolSchema.text()]), output: ToolSchema.written,
        renames: ["undo_token": "token", "undo": "token"]
    ) { (reader) throws(ErrandError) in
        let token = reader.value("token") == .null ? nil : reader.string("token")
        return .change { (context, _) throws(ErrandError) in
            var wanted = token
            if wanted == nil { wanted = try context.lastUndoToken() }
            guard let wanted else { throw .conflict(.undoExpired) }
            let tasks = try Catalogue.undoChange.execute(
                OperationInput(body: ["token": .string(wanted)]), in: context
            )
            return .written(tasks, "undone", [Catalogue.undoChange.sentence(tasks)])
        }
    }
}

extension CommandContext {
    /// What takes back the last change of this user here.
    fileprivate func lastUndoToken() throws(ErrandError) -> String? {
        try transaction.undo.last(of: member, in: space)?.token
    }
}
