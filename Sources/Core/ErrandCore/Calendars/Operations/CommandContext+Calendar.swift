import Interchange

extension CommandContext {
    /// Has the next occurrence keep what a calendar program wrote of the one before it and Errand does not know.
    func carryCalendarObject(from task: TodoTask, to next: TodoTask) throws(ErrandError) {
        let objects = transaction.calendarObjects
        guard let kept = try objects.find(task: task.id, in: space),
            let object = try? CalendarObject(Array(kept.text.utf8)).carried(to: next.id.description)
        else { return }
        try objects.save(
            KeptCalendarObject(
                taskID: next.id, name: CalendarEntry.name(of: next.id), uid: next.id.description,
                text: String(decoding: object.text, as: UTF8.self), revision: try nextCalendarRevision()
            ),
            of: next
        )
    }

    /// Above every revision that there is or was: where the last object is gone, its revision does not come again,
    /// since changes are counted on.
    func nextCalendarRevision() throws(ErrandError) -> Int64 {
        let change = try transaction.outbox.lastChangeNumber(in: space)
        return max(try transaction.calendarObjects.lastRevision(in: space), change.value) + 1
    }
}
