/// Collects what one command changes, a single entry per task however often it is saved.
struct UndoJournal {
    private(set) var entries: [UndoRecord.Entry] = []
    private var positions: [TaskID: Int] = [:]

    var isEmpty: Bool { entries.isEmpty }

    /// Goes on from what was recorded before.
    mutating func goOn(from earlier: [UndoRecord.Entry]) {
        for entry in earlier where positions[entry.taskID] == nil {
            positions[entry.taskID] = entries.count
            entries.append(entry)
        }
    }

    mutating func recordCreation(of task: TodoTask) {
        positions[task.id] = entries.count
        entries.append(UndoRecord.Entry(taskID: task.id, version: task.version, base: nil, previous: nil))
    }

    mutating func record(_ changes: TaskChanges, of task: TodoTask) {
        let fields = changes.fields.map { UndoRecord.Field(name: $0.name, value: $0.from) }
        guard let position = positions[task.id] else {
            positions[task.id] = entries.count
            let base = task.version - 1
            entries.append(UndoRecord.Entry(taskID: task.id, version: task.version, base: base, previous: fields))
            return
        }
        // The first value of a field is the one to go back to.
        let (base, earlier) = (entries[position].base, entries[position].previous)
        let merged = earlier.map { earlier in
            earlier + fields.filter { field in !earlier.contains { $0.name == field.name } }
        }
        entries[position] = UndoRecord.Entry(taskID: task.id, version: task.version, base: base, previous: merged)
    }
}
