extension Catalogue {
    public static let listTasks = CatalogueEntry<ListTasks.Answer>(
        "tasks.list", "Lists, searches and filters tasks.", scope: .readTasks, reads: .parameters,
        read: { (input) throws(ErrandError) in .query(ListTasks(try TaskQuery(input.parameters))) },
        json: \.json,
        sentence: { page in
            let tasks = Sentences.count(page.count ?? page.tasks.count, "task")
            return page.nextCursor == nil || page.count != nil ? "\(tasks)." : "\(tasks), and more."
        }
    )

    public static let readTask = CatalogueEntry<TodoTask>(
        "tasks.read", "Shows one task.", scope: .readTasks, about: .task,
        read: { (input) throws(ErrandError) in .query(ReadTask(try input.task())) },
        json: \.json, sentence: { "\($0.label)\($0.dueSuffix)" }
    )

    public static let createTask = CatalogueEntry<CreateTask.Outcome>(
        "tasks.create", "Creates a task.", scope: .writeTasks, reads: .body,
        read: { (input) throws(ErrandError) in .command(CreateTask(try TaskDraft(input.body, at: input.pointer))) },
        json: \.task.json, sentence: created, isNew: \.isNew
    )

    public static let createRecurringTask = CatalogueEntry<CreateTask.Outcome>(
        "tasks.create-recurring", "Creates a task that comes again.", scope: .writeTasks, reads: .body,
        read: { (input) throws(ErrandError) in
            .command(CreateTask(try TaskDraft.recurring(input.body, at: input.pointer)))
        },
        json: \.task.json, sentence: created, isNew: \.isNew
    )

    public static let quickAddTask = CatalogueEntry<QuickAddTask.Outcome>(
        "tasks.quick-add", "Creates a task from a line of words, or says how it would be read.", scope: .writeTasks,
        reads: .body,
        read: { (input) throws(ErrandError) in
            let form = try QuickAddForm(input.body, at: input.pointer)
            return form.isDryRun ? .query(PreviewQuickAdd(form)) : .command(QuickAddTask(form))
        },
        json: \.json,
        sentence: { outcome in
            outcome.task.map { "Added \($0.label)\($0.dueSuffix)." } ?? "Nothing is added: this is how it is read."
        },
        isNew: { $0.task != nil }
    )

    public static let editTask = CatalogueEntry<TodoTask>(
        "tasks.edit", "Changes fields of a task.", scope: .writeTasks, about: .taskAtVersion,
        reads: .bodyAnd(["scope"]),
        read: { (input) throws(ErrandError) in
            let scope = try EditScope.read(input.parameters)
            var edit = try TaskEdit(input.body, at: input.pointer)
            edit.scope = scope
            return .command(EditTask(try input.target(), edit))
        },
        json: \.json, sentence: changed
    )

    public static let setPriority = CatalogueEntry<TodoTask>(
        "tasks.set-priority", "Says how much a task matters.", scope: .writeTasks, about: .taskAtVersion, reads: .body,
        read: { (input) throws(ErrandError) in try edit(input, .priority(input.body, at: input.pointer)) },
        json: \.json, sentence: changed
    )

    public static let setTags = CatalogueEntry<TodoTask>(
        "tasks.set-tags", "Replaces, adds or removes tags of a task.", scope: .writeTasks, about: .taskAtVersion,
        reads: .body,
        read: { (input) throws(ErrandError) in try edit(input, .tags(input.body, at: input.pointer)) },
        json: \.json, sentence: changed
    )

    public static let setDue = CatalogueEntry<TodoTask>(
        "tasks.set-due", "Says when a task is due, or that it is not.", scope: .writeTasks, about: .taskAtVersion,
        reads: .body,
        read: { (input) throws(ErrandError) in try edit(input, .due(input.body, at: input.pointer)) },
        json: \.json, sentence: changed
    )

    public static let placeTask = CatalogueEntry<TodoTask>(
        "tasks.place", "Puts a task at a place of the order made by hand.", scope: .writeTasks, about: .taskAtVersion,
        reads: .body,
        read: { (input) throws(ErrandError) in
            let place = try ManualPlace(input.body, at: input.pointer)
            return .command(PlaceTask(try input.target(), at: place))
        },
        json: \.json, sentence: { "Placed \($0.label)." }
    )

    public static let completeTask = CatalogueEntry<TodoTask>(
        "tasks.complete", "Marks a task as done.", scope: .writeTasks, about: .taskAtVersion,
        read: { (input) throws(ErrandError) in .command(CompleteTask(try input.target())) },
        json: \.json, sentence: { "Completed \($0.label)." }
    )

    public static let reopenTask = CatalogueEntry<TodoTask>(
        "tasks.reopen", "Makes a completed task pending again.", scope: .writeTasks, about: .taskAtVersion,
        read: { (input) throws(ErrandError) in .command(ReopenTask(try input.target())) },
        json: \.json, sentence: { "Reopened \($0.label)." }
    )

    public static let deleteTask = CatalogueEntry<TodoTask>(
        "tasks.delete", "Puts a task into the trash.", scope: .writeTasks, about: .taskAtVersion,
        read: { (input) throws(ErrandError) in .command(DeleteTask(try input.target())) },
        json: { _ in nil }, sentence: { "Put \($0.label) into the trash." }
    )

    public static let restoreTask = CatalogueEntry<TodoTask>(
        "tasks.restore", "Takes a task out of the trash.", scope: .writeTasks, about: .taskAtVersion,
        read: { (input) throws(ErrandError) in .command(RestoreTask(try input.target())) },
        json: \.json, sentence: { "Restored \($0.label)." }
    )

    public static let runBatch = CatalogueEntry<RunBatch.Outcome>(
        "tasks.batch", "Makes several changes in order, each on its own or all or nothing.", scope: .writeTasks,
        reads: .body,
        read: { (input) throws(ErrandError) in .command(try RunBatch(input.body, at: input.pointer)) },
        json: \.json,
        sentence: { outcome in
            let done = outcome.results.count { (try? $0.result.get()) != nil }
            if !outcome.isApplied { return "Nothing was changed: one of the commands failed." }
            return "Did \(done) of \(Sentences.count(outcome.results.count, "command"))."
        }
    )

    public static let undoChange = CatalogueEntry<[TodoTask]>(
        "undo", "Takes back what one write did to tasks.", scope: .writeTasks, reads: .body,
        read: { (input) throws(ErrandError) in .command(try UndoChange(input.body, at: input.pointer)) },
        json: { ["items": .array($0.map(\.json)), "undone": JSONValue($0.count)] },
        sentence: { tasks in "Undone: \(tasks.map(\.label).joined(separator: ", "))." }
    )

    static func edit(
        _ input: OperationInput, _ edit: TaskEdit
    ) throws(ErrandError) -> PreparedOperation<TodoTask> {
        .command(EditTask(try input.target(), edit))
    }

    @Sendable static func changed(_ task: TodoTask) -> String { "Changed \(task.label)\(task.dueSuffix)." }

    @Sendable private static func created(_ outcome: CreateTask.Outcome) -> String {
        let task = outcome.task
        return outcome.isNew ? "Added \(task.label)\(task.dueSuffix)." : "\(task.label) was there already."
    }
}
