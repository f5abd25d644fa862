/// What a column of a table may tell of a task.
enum CSVColumn: String, CaseIterable {
    case id, title, description, priority, tags
    case dueDate = "due_date"
    case dueTime = "due_time"
    case dueZone = "due_zone"
    case recurrence
    case recurrenceAnchor = "recurrence_anchor"
    case recurrenceStart = "recurrence_start"
    case exdates, reminders, completed
    case completedAt = "completed_at"
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case inTrash = "in_trash"

    /// The column of a name in small letters, as other programs and people call it too.
    static func named(_ name: String) -> CSVColumn? {
        let plain = name.trimmed.lowered
        let words = String(plain.map { $0 == " " || $0 == "-" ? "_" : $0 })
        return CSVColumn(rawValue: words) ?? synonyms[words]
    }

    private static let synonyms: [String: CSVColumn] = [
        "name": .title, "task": .title, "task_name": .title, "subject": .title, "summary": .title, "todo": .title,
        "titel": .title, "aufgabe": .title, "betreff": .title, "item": .title,
        "notes": .description, "note": .description, "content": .description, "body": .description,
        "details": .description, "beschreibung": .description, "notizen": .description,
        "prio": .priority, "importance": .priority, "priorität": .priority,
        "tag": .tags, "label": .tags, "labels": .tags, "category": .tags, "categories": .tags, "list": .tags,
        "list_name": .tags, "project": .tags, "folder": .tags, "kategorien": .tags, "projekt": .tags,
        "liste": .tags,
        "due": .dueDate, "date": .dueDate, "deadline": .dueDate, "due_on": .dueDate, "due_at": .dueDate,
        "fällig": .dueDate, "fälligkeit": .dueDate, "fällig_am": .dueDate, "datum": .dueDate,
        "time": .dueTime, "uhrzeit": .dueTime, "timezone": .dueZone, "time_zone": .dueZone, "zone": .dueZone,
        "repeat": .recurrence, "recurring": .recurrence, "rrule": .recurrence, "wiederholung": .recurrence,
        "reminder": .reminders, "erinnerung": .reminders, "exdate": .exdates,
        "done": .completed, "status": .completed, "state": .completed, "is_completed": .completed,
        "finished": .completed, "erledigt": .completed,
        "completed_date": .completedAt, "completion_date": .completedAt, "completed_on": .completedAt,
        "date_completed": .completedAt, "erledigt_am": .completedAt,
        "created": .createdAt, "creation_date": .createdAt, "created_on": .createdAt, "date_created": .createdAt,
        "erstellt": .createdAt, "erstellt_am": .createdAt, "added": .createdAt,
        "updated": .updatedAt, "modified": .updatedAt, "last_modified": .updatedAt, "modified_at": .updatedAt,
        "uid": .id, "uuid": .id, "key": .id, "task_id": .id,
    ]
}

/// Cells that a spreadsheet would take for a formula (OWASP, CSV Injection): an apostrophe before them makes them text.
enum FormulaGuard {
    private static func isBeginning(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), .tab, .carriageReturn,
            .lineFeed:
            true
        default: false
        }
    }

    /// Also what looks like a cell that was made safe, so that taking the apostrophe off gives it back.
    static func needsApostrophe(_ text: String) -> Bool {
        guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
        return isBeginning(first)
    }

    static func withoutApostrophe(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), needsApostrophe(text) else { return text }
        return String(Substring(text.utf8.dropFirst()))
    }
}
