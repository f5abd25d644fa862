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
            "version": .integer(version),
            "created_at": .string(createdAt.description),
            "updated_at": .string(updatedAt.description),
            "deleted_at": JSONValue(text: deletedAt?.description),
        ]
    }
}

extension Due {
    public var json: JSONValue {
        switch self {
        case .date(let date):
            ["kind": "date", "date": .string(date.description)]
        case .floating(let date, let time):
            ["kind": "floating", "date": .string(date.description), "time": .string(time.description)]
        case .zoned(let date, let time, let zone):
            [
                "kind": "zoned", "date": .string(date.description), "time": .string(time.description),
                "time_zone": .string(zone.identifier),
            ]
        }
    }
}
