import CivilTime
import TaskLanguage

/// What finds tasks and changes nothing.
extension Tool {
    private static let status = ToolSchema.choice(["all", "pending", "completed"])
    private static let page: JSONObject = [
        "limit": ToolSchema.number("1 to 200"), "cursor": ToolSchema.text("`next_cursor` of the page before"),
    ]
    private static let order: [String: String] = ["sort_by": "sort", "sort_order": "order", "tag": "tags"]

    static let listTasks = Tool(
        "list_tasks", "List tasks", "Lists the user's tasks, all of them unless `status` says otherwise.", .reads,
        input: ToolSchema.object(
            [
                "status": status, "due": ToolSchema.choice(["overdue", "today", "week", "none"]),
                "sort": ToolSchema.choice(["due_date", "priority", "title", "created_at", "updated_at"]),
                "order": ToolSchema.choice(["asc", "desc"]),
            ], page
        ),
        output: ToolSchema.found, renames: order
    ) { (reader) throws(ErrandError) in list(&reader) }

    static let searchTasks = Tool(
        "search_tasks", "Search tasks",
        "Finds tasks by words of title, description and tags, best first: all words must occur, from their beginning; "
            + "\"phrases\" and -not work.",
        .reads,
        input: ToolSchema.object(
            ["query": ToolSchema.text(), "status": status], page, required: ["query"]
        ),
        output: ToolSchema.found, renames: ["keyword": "query", "text": "query", "search": "query"]
    ) { (reader) throws(ErrandError) in
        reader.require("query")
        let query = reader.string("query")
        return list(&reader, query.map { ["search": .string($0)] } ?? [:])
    }

    static let filterTasks = Tool(
        "filter_tasks", "Filter tasks",
        "Finds the tasks for which all arguments hold. `filter` is an expression such as "
            + "`(#work | #home) & p1 & due before: friday & !recurring`.",
        .reads,
        input: ToolSchema.object(
            [
                "status": status, "priority": ToolSchema.list(ToolSchema.priority), "tags": ToolSchema.tags,
                "tags_mode": ToolSchema.choice(["all", "any"]),
                "due": ToolSchema.choice(["overdue", "today", "week", "none"]),
                "due_from": ToolSchema.text("First day or moment, also in words"),
                "due_to": ToolSchema.text("Last day or moment, also in words"), "filter": ToolSchema.text(),
                "sort": ToolSchema.choice(["due_date", "priority", "title", "created_at"]),
                "order": ToolSchema.choice(["asc", "desc"]),
            ], page
        ),
        output: ToolSchema.found, renames: order
    ) { (reader) throws(ErrandError) in list(&reader) }

    static let sortTasks = Tool(
        "sort_tasks", "Sort tasks", "Lists tasks in an order; those without a due date come last by `due_date`.",
        .reads,
        input: ToolSchema.object(
            [
                "by": ToolSchema.choice(["due_date", "priority", "created_at", "updated_at", "title", "completed"]),
                "order": ToolSchema.choice(["asc", "desc"]), "status": status,
            ], page, required: ["by"]
        ),
        output: ToolSchema.found, renames: ["sort": "by", "sort_by": "by", "key": "by", "sort_order": "order"]
    ) { (reader) throws(ErrandError) in
        reader.require("by")
        let key = reader.parsed("by", expected: "due_date, priority, created_at, updated_at, title or completed") {
            TaskOrder.Key(rawValue: $0).flatMap { $0 == .relevance || $0 == .manual ? nil : $0 }
        }
        return list(&reader, key.map { ["sort": .string($0.rawValue)] } ?? [:])
    }

    /// Reads all other arguments as a list does. Days in words become dates once it is known who asks.
    private static func list(_ reader: inout FieldReader, _ own: JSONObject = [:]) -> ToolWork {
        let ends = ["due_from", "due_to", "due_before", "due_after"].map { ($0, reader.string($0)) }
        let isBefore = reader.contains("due_before") && reader.contains("due_to")
        let isAfter = reader.contains("due_after") && reader.contains("due_from")
        if isBefore { reader.report("due_before", .excluded, "Cannot be given together with due_to.") }
        if isAfter { reader.report("due_after", .excluded, "Cannot be given together with due_from.") }
        var fields = own
        for member in reader.rest().members where member.value != .null { fields[member.name] = member.value }
        if fields["limit"] == nil { fields["limit"] = JSONValue(Limits.toolPageSizeDefault) }
        fields["count"] = true
        // What is wrong with the rest is told at once, with everything else.
        do throws(ErrandError) {
            _ = try TaskQuery(.json(.object(fields), at: ""))
        } catch {
            reader.report(contentsOf: error.fields)
        }
        return .look { [fields] (context) throws(ErrandError) in
            var fields = fields
            let speech = try context.speech
            for case (let name, let text?) in ends {
                let (member, value) = try speech.end(name, text)
                fields[member] = value
            }
            let input = OperationInput(parameters: .json(.object(fields), at: ""))
            return .found(try Catalogue.listTasks.answer(input, in: context))
        }
    }

    static let getTask = Tool(
        "get_task", "Show a task", "Shows one task with all that is known of it.", .reads,
        input: ToolSchema.object(["task_id": ToolSchema.taskID], required: ["task_id"]), output: ToolSchema.found,
        renames: ["id": "task_id"]
    ) { (reader) throws(ErrandError) in
        let targets = reader.target()
        return .look { (context) throws(ErrandError) in
            var tasks: [TodoTask] = []
            for target in targets { tasks.append(try Catalogue.readTask.answer(target.input(), in: context)) }
            return ToolResult(
                json: ["tasks": .array(tasks.map(\.toolJSON)), "count": JSONValue(tasks.count)],
                sentence: tasks.map(Catalogue.readTask.sentence).joined()
            )
        }
    }

    static let listTags = Tool(
        "list_tags", "List tags", "Lists the tags with how often each is used.", .reads,
        input: ToolSchema.object([:]), output: ["type": "object"]
    ) { _ in
        .look { (context) throws(ErrandError) in
            let tags = try Catalogue.listTags.answer(OperationInput(), in: context)
            return ToolResult(
                json: ["tags": .array(tags.map(\.json)), "count": JSONValue(tags.count)],
                sentence: Catalogue.listTags.sentence(tags)
            )
        }
    }
}

extension ToolSpeech {
    /// One end of the due dates that a list is asked for. `due_before` and `due_after` leave their own day out.
    fileprivate func end(_ name: String, _ text: String) throws(ErrandError) -> (String, JSONValue) {
        switch name {
        case "due_from", "due_to": return (name, try bound(text, at: "/\(name)"))
        case "due_before":
            if Instant(text) != nil { return ("due_to", .string(text)) }
            return ("due_to", .string(try day(text, at: "/\(name)").adding(days: -1).description))
        default:
            if Instant(text) != nil { return ("due_from", .string(text)) }
            return ("due_from", .string(try day(text, at: "/\(name)").adding(days: 1).description))
        }
    }
}

extension ToolResult {
    static func found(_ page: ListTasks.Answer) -> ToolResult {
        var json: JSONObject = [
            "tasks": .array(page.tasks.map(\.toolLine)), "count": JSONValue(page.count ?? page.tasks.count),
        ]
        if let cursor = page.nextCursor { json.append("next_cursor", .string(cursor)) }
        return ToolResult(json: json, sentence: Catalogue.listTasks.sentence(page))
    }
}
