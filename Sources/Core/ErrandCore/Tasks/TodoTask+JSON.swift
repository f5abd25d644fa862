import CivilTime

extension TodoTask {
    /// The task as every door shows it.
    public var json: JSONValue {
        [
            "id": .string(id.description),
            "number": .integer(number),
            "title": .string(title),
            "description": .string(description),
            "status": .string(isCompleted ? "completed" : "pending"),
            "completed": .bool(isCompleted),
            "completed_at": JSONValue(text: completedAt?.description),
            "priority": .string(priority.name),
            "tags": JSONValue(strings: tags.map(\.name)),
            "due": due?.json ?? .null,
            "due_date": JSONValue(text: dueSpan?.start.description),
            "recurrence": series?.recurrence?.json(series?.clock ?? .date) ?? .null,
            "recurring": JSONValue(text: series?.recurrence?.word),
            "series_id": JSONValue(text: series?.id.description),
            "recurring_parent_id": JSONValue(text: series?.predecessorID?.description),
            "occurrence": series?.occurrenceJSON ?? .null,
            "reminders": .array(reminders.map(\.json)),
            "reminder_at": JSONValue(text: reminderAt?.description),
            "version": .integer(version),
            "created_at": .string(createdAt.description),
            "updated_at": .string(updatedAt.description),
            "deleted_at": JSONValue(text: deletedAt?.description),
        ]
    }
}

extension TaskSeries {
    /// The date, and the time where the series has times, that the rule gave this task; and its index.
    fileprivate var occurrenceJSON: JSONValue {
        [
            "date": .string(original.date.description),
            "time": JSONValue(text: clock == .date ? nil : original.time.description),
            "index": JSONValue(index),
        ]
    }
}
