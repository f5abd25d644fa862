/// The pieces that schemas of tools are made of. They are short, since models read them with every question.
enum ToolSchema {
    static func text(_ description: String? = nil) -> JSONValue { described(["type": "string"], description) }

    static func flag(_ description: String? = nil) -> JSONValue { described(["type": "boolean"], description) }

    static func number(_ description: String? = nil) -> JSONValue { described(["type": "integer"], description) }

    static func choice(_ names: [String], _ description: String? = nil) -> JSONValue {
        described(["type": "string", "enum": JSONValue(strings: names)], description)
    }

    static func list(_ items: JSONValue, _ description: String? = nil, max: Int? = nil) -> JSONValue {
        var object: JSONObject = ["type": "array", "items": items]
        if let max { object.append("maxItems", JSONValue(max)) }
        return described(object, description)
    }

    /// An object of exactly these members, in groups.
    static func object(_ groups: JSONObject..., required: [String] = []) -> JSONValue {
        var members = JSONObject()
        for member in groups.flatMap(\.members) { members[member.name] = member.value }
        var object: JSONObject = ["type": "object"]
        if !members.isEmpty { object.append("properties", .object(members)) }
        if !required.isEmpty { object.append("required", JSONValue(strings: required)) }
        object.append("additionalProperties", false)
        return .object(object)
    }

    private static func described(_ schema: JSONObject, _ description: String?) -> JSONValue {
        var schema = schema
        if let description { schema.append("description", .string(description)) }
        return .object(schema)
    }

    static let taskID: JSONValue = ["type": ["integer", "string"], "description": "Number or UUID of the task"]

    /// `task_id`, or `task_ids` for several at once.
    static let taskIDs: JSONObject = [
        "task_id": taskID, "task_ids": list(["type": ["integer", "string"]], max: Limits.toolItemsMax),
    ]

    static let dueDate = text("RFC 3339, YYYY-MM-DD, or words like \"friday 5pm\"")
    static let priority = choice(Priority.allCases.map(\.name))
    static let tags = list(text())
    static let onceKey = text("Any text; a retry with the same one is not done twice")

    /// What a task is made of, beside its title.
    static let details: JSONObject = [
        "description": text("Markdown"), "priority": priority, "tags": tags, "due_date": dueDate,
        "recurrence": text("Words like \"every 2 weeks on monday\", or an RRULE"),
        "reminders": list(text(), "Each an ISO 8601 duration before it is due, or a time"),
    ]

    /// The same of a task that is there, of which some can be cleared.
    static let changes: JSONObject = {
        var changes = details
        for name in ["due_date", "recurrence"] {
            guard var schema = changes[name]?.object else { continue }
            schema["type"] = ["string", "null"]
            changes[name] = .object(schema)
        }
        return changes
    }()

    private static let task: JSONValue = [
        "type": "object", "required": ["id", "number", "title", "status"],
        "properties": [
            "id": ["type": "string"], "number": ["type": "integer"], "title": ["type": "string"],
            "status": ["type": "string"],
        ],
    ]

    /// What every write answers.
    static let written: JSONValue = [
        "type": "object", "required": ["status", "tasks"],
        "properties": ["status": ["type": "string"], "tasks": list(task), "undo": ["type": "string"]],
    ]

    /// What every list answers.
    static let found: JSONValue = [
        "type": "object", "required": ["tasks", "count"],
        "properties": ["tasks": list(task), "count": ["type": "integer"], "next_cursor": ["type": "string"]],
    ]

    static let agenda: JSONValue = [
        "type": "object", "required": ["time_zone", "from", "to", "overdue", "days"],
        "properties": [
            "overdue": ["type": "array"], "days": ["type": "array"], "time_zone": ["type": "string"],
            "from": ["type": "string"], "to": ["type": "string"],
        ],
    ]
}
