import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let tagCases = [
        Self("tags are counted, the trash left out") { try await $0.tagCounts() },
        Self("tag counts follow every change") { try await $0.tagCountsAfterChanges() },
        Self("tasks with a tag come by number, the trash included") { try await $0.tasksWithTag() },
    ]
}

extension StoreConformance {
    private func counts(of owner: UserID) async throws -> [String] {
        try await store.read { (transaction) throws(ErrandError) in
            try transaction.tags.counts(in: owner.personalSpace).map { "\($0.tag.key) \($0.count) \($0.pending)" }
        }
    }

    private func tagCounts() async throws {
        let (owner, other) = (try await addUser(), try await addUser())
        try await add([
            .make(owner: owner, number: 1, tags: ["Work", "errands"]),
            .make(owner: owner, number: 2, tags: ["work"], completedAt: .testStart),
            .make(owner: owner, number: 3, tags: ["WORK", "trash only"], deletedAt: .testStart),
            .make(owner: owner, number: 4, tags: ["Äpfel"]),
            .make(owner: owner, number: 5, tags: ["äPFEL"]),
            .make(owner: owner, number: 6),
            .make(owner: other, number: 1, tags: ["work"]),
        ])
        expectEqual(try await counts(of: owner), ["äpfel 2 2", "errands 1 1", "work 2 1"], "alphabetically")
        let names = try await store.read { (transaction) throws(ErrandError) in
            try transaction.tags.counts(in: owner.personalSpace).map(\.tag.name)
        }
        expect(["Work", "work"].contains(names[2]), "a tag is shown in one of its spellings, trash left out")
    }

    private func tagCountsAfterChanges() async throws {
        let owner = try await addUser()
        var task = TodoTask.make(owner: owner, tags: ["a", "b"])
        try await add([task])
        var stored = task
        func save() async throws -> [String] {
            let (changed, before) = (task, stored)
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.tasks.update(changed, replacing: before)
            }
            stored = changed
            return try await counts(of: owner)
        }
        task.completedAt = .testStart
        expectEqual(try await save(), ["a 1 0", "b 1 0"], "completed")
        task.tags = [Tag(name: "b"), Tag(name: "c")]
        expectEqual(try await save(), ["b 1 0", "c 1 0"], "other tags")
        task.completedAt = nil
        task.tags = [Tag(name: "B")]
        expectEqual(try await save(), ["b 1 1"], "reopened, spelled differently")
        task.deletedAt = .testStart
        expectEqual(try await save(), [], "in the trash")
        task.deletedAt = nil
        expectEqual(try await save(), ["b 1 1"], "restored")
    }

    private func tasksWithTag() async throws {
        let owner = try await addUser()
        try await add([
            .make(owner: owner, number: 3, tags: ["Work"]), .make(owner: owner, number: 1, tags: ["work", "home"]),
            .make(owner: owner, number: 2, tags: ["home"]),
            .make(owner: owner, number: 4, tags: ["WORK"], deletedAt: .testStart),
        ])
        try await store.read { (transaction) throws(ErrandError) in
            let all = try transaction.tags.tasks(with: "work", in: owner.personalSpace, limit: 10).map(\.number)
            expectEqual(all, [1, 3, 4], "all of them")
            let two = try transaction.tags.tasks(with: "work", in: owner.personalSpace, limit: 2).map(\.number)
            expectEqual(two, [1, 3], "no more than asked for")
            expectEqual(try transaction.tags.tasks(with: "none", in: owner.personalSpace, limit: 2), [], "none")
        }
    }
}
