import CivilTime
import ErrandCore
import Testing

/// What calendar programs wrote of tasks.
extension StoreConformance {
    static let calendarCases: [Case] = [
        Case("calendar objects are found by task, name and UID, in their space alone") {
            try await $0.keepsCalendarObjects()
        }
    ]

    private func keepsCalendarObjects() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let (first, second) = (TodoTask.make(owner: ana, number: 1), TodoTask.make(owner: ana, number: 2))
        let other = TodoTask.make(owner: ben, number: 1)
        @Sendable func object(_ task: TodoTask, _ name: String, _ revision: Int64) -> KeptCalendarObject {
            KeptCalendarObject(
                taskID: task.id, name: name, uid: "uid of \(name)", text: "BEGIN:VCALENDAR 🧺\r\n", revision: revision
            )
        }
        let kept = [object(first, "a.ics", 1), object(second, "Ünïcode.ics", 2)]
        let (anas, bens) = (ana.personalSpace, ben.personalSpace)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.calendarObjects
            expectEqual(try table.lastRevision(in: anas), 0, "none yet")
            for task in [first, second, other] { try transaction.tasks.insert(task) }
            for (one, task) in zip(kept, [first, second]) { try table.save(one, of: task) }
            try table.save(object(other, "a.ics", 1), of: other)
            expectEqual(try table.find(task: second.id, in: anas), kept[1], "by task")
            expectEqual(try table.find(name: "a.ics", in: anas), kept[0], "by name, of that space")
            expectEqual(try table.find(uid: "uid of Ünïcode.ics", in: anas), kept[1], "by UID")
            expectEqual(try table.find(task: first.id, in: bens), nil, "not of another space")
            expectEqual(try table.all(of: 1...2, in: anas), kept, "by number")
            expectEqual(try table.all(of: 2...9, in: anas), [kept[1]], "from the second on")
            expectEqual(try table.changed(after: 1, in: anas), [second.id], "after a revision")
            var renamed = kept[0]
            (renamed.name, renamed.text, renamed.revision) = ("b.ics", "other", 3)
            try table.save(renamed, of: first)
            expectEqual(try table.find(task: first.id, in: anas), renamed, "replaced")
            expectEqual(try table.find(name: "a.ics", in: anas), nil, "under the new name alone")
            expectEqual(try table.lastRevision(in: anas), 3, "the highest")
        }
        try await store.write { (transaction) throws(ErrandError) in
            var trashed = second
            trashed.deletedAt = .testStart
            try transaction.tasks.update(trashed, replacing: second)
            _ = try transaction.tasks.purgeTrash(before: .testStart + Duration.days(1), limit: 10)
            expectEqual(try transaction.calendarObjects.find(task: second.id, in: anas), nil, "goes with its task")
        }
    }
}
