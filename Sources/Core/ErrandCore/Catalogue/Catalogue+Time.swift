/// Series and reminders.
extension Catalogue {
    public static let skipOccurrence = CatalogueEntry<TodoTask>(
        "tasks.skip", "Leaves out one occurrence of a task that comes again.", scope: .writeTasks,
        about: .taskAtVersion,
        read: { (input) throws(ErrandError) in .command(SkipOccurrence(try input.target())) },
        json: \.json, sentence: { "Skipped; next: \($0.label)\($0.dueSuffix)." }
    )

    public static let rescheduleTask = CatalogueEntry<TodoTask>(
        "tasks.reschedule", "Moves one task and keeps its rule.", scope: .writeTasks, about: .taskAtVersion,
        reads: .body,
        read: { (input) throws(ErrandError) in
            let form = try RescheduleForm(input.body, at: input.pointer)
            return .command(RescheduleTask(try input.target(), to: form))
        },
        json: \.json, sentence: { "Moved \($0.label)\($0.dueSuffix)." }
    )

    public static let endSeries = CatalogueEntry<TodoTask>(
        "tasks.end-series", "Lets a task come no more after this time.", scope: .writeTasks, about: .taskAtVersion,
        read: { (input) throws(ErrandError) in .command(EndSeries(try input.target())) },
        json: \.json, sentence: { "For the last time: \($0.label)\($0.dueSuffix)." }
    )

    public static let listOccurrences = CatalogueEntry<[ListOccurrences.Item]>(
        "tasks.occurrences", "Says when a task comes again.", scope: .readTasks, about: .task, reads: .parameters,
        read: { (input) throws(ErrandError) in
            let fields = try ListOccurrences.Fields(input.parameters)
            return .query(ListOccurrences(try input.task(), fields))
        },
        json: { ["items": .array($0.map(\.json))] }, sentence: { "\(Sentences.count($0.count, "date"))." }
    )

    public static let previewRecurrence = CatalogueEntry<PreviewRecurrence.Answer>(
        "recurrences.preview", "Says what a rule comes to before a task has it.", scope: .readTasks, reads: .body,
        read: { (input) throws(ErrandError) in
            .query(PreviewRecurrence(try RecurrencePreviewForm(input.body, at: input.pointer)))
        },
        json: \.json, sentence: { "\(Sentences.count($0.occurrences.count, "date"))." }
    )

    public static let setReminders = CatalogueEntry<TodoTask>(
        "tasks.set-reminders", "Replaces the reminders of a task.", scope: .writeTasks, about: .taskAtVersion,
        reads: .body,
        read: { (input) throws(ErrandError) in
            try edit(input, TaskEdit(reminders: try ReminderInput.list(input.body, at: input.pointer)))
        },
        json: \.json, sentence: changed
    )

    public static let snoozeReminder = CatalogueEntry<SnoozeReminder.Outcome>(
        "reminders.snooze", "Reminds once more, later.", scope: .writeTasks, about: .reminder, reads: .body,
        read: { (input) throws(ErrandError) in
            let form = try SnoozeForm(input.body, at: input.pointer)
            return .command(SnoozeReminder(try input.id(of: .reminder), form))
        },
        json: \.json,
        sentence: { outcome in
            "Reminds of \(outcome.task.label) again\(outcome.row.nextAt.map { " at \($0)" } ?? "")."
        }
    )
}
