/// Every tool there is, for agents and for chat.
public enum ToolCatalogue {
    /// Those that models are told of, always in this order.
    public static let tools: [Tool] = [
        .addTask, .listTasks, .completeTask, .deleteTask, .updateTask, .searchTasks, .setPriority, .addTag, .removeTag,
        .setDueDate, .createRecurring, .filterTasks, .sortTasks, .reopenTask, .rescheduleTask, .skipOccurrence,
        .setReminder, .undo, .agenda,
    ]

    /// Those that are called by whoever knows them.
    public static let unlisted: [Tool] = [.getTask, .listTags, .restoreTask, .endSeries]

    /// Other names that models, taught by other servers, call tools by.
    public struct Alias: Sendable {
        public let name: String
        public let tool: String
        /// Arguments that the name implies.
        public let implied: JSONObject
    }

    public static let aliases: [Alias] = [
        Alias(name: "create_task", tool: "add_task", implied: [:]),
        Alias(name: "find_task", tool: "search_tasks", implied: [:]),
        Alias(name: "find_tasks", tool: "search_tasks", implied: [:]),
        Alias(name: "update_priority", tool: "set_priority", implied: [:]),
        Alias(name: "list_tasks_by_priority", tool: "filter_tasks", implied: ["sort": "priority"]),
        Alias(name: "add_tags", tool: "add_tag", implied: [:]),
        Alias(name: "remove_tags", tool: "remove_tag", implied: [:]),
        Alias(name: "set_task_deadline", tool: "set_due_date", implied: [:]),
        Alias(name: "add_recurring_task", tool: "create_recurring", implied: [:]),
        Alias(name: "list_recurring_tasks", tool: "filter_tasks", implied: ["filter": "recurring"]),
        Alias(name: "stop_recurring_task", tool: "end_series", implied: [:]),
        Alias(name: "list_reminders", tool: "filter_tasks", implied: ["filter": "reminders"]),
        Alias(name: "bulk_update_tasks", tool: "update_task", implied: [:]),
    ]

    /// - Returns: the tool of that name, and the arguments with those that the name implies; nil when there is none.
    public static func find(_ name: String, _ arguments: JSONValue = .null) -> (tool: Tool, arguments: JSONValue)? {
        if let tool = byName[name] { return (tool, arguments) }
        guard let alias = byAlias[name], let tool = byName[alias.tool] else { return nil }
        guard var object = arguments == .null ? JSONObject() : arguments.object else { return (tool, arguments) }
        for member in alias.implied.members where object[member.name] == nil {
            object.append(member.name, member.value)
        }
        return (tool, .object(object))
    }

    private static let byName = Dictionary((tools + unlisted).map { ($0.name, $0) }) { first, _ in first }
    private static let byAlias = Dictionary(aliases.map { ($0.name, $0) }) { first, _ in first }
}
