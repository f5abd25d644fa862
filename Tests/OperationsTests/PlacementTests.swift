import CivilTime
import ErrandCore
import TestSupport
import Testing

/// The order that people make by hand.
@Suite struct PlacementTests {
    private func titles(_ stage: Stage, _ more: JSONObject = [:]) async throws -> String {
        var query: JSONObject = ["sort": "manual"]
        for member in more.members { query[member.name] = member.value }
        let items = try await stage.json("tasks.list", .object(query))["items"]?.array ?? []
        return items.compactMap { $0["title"]?.string }.joined(separator: " ")
    }

    private func add(_ titles: [String], _ stage: Stage) async throws {
        for title in titles {
            // Ids are in the order of their time.
            stage.clock.advance(by: .seconds(1))
            try await stage.call("tasks.create", ["title": .string(title)])
        }
    }

    @Test func `tasks are put behind and before others, to the top and to the end`() async throws {
        try await Stage.with { stage in
            try await add(["A", "B", "C", "D"], stage)
            #expect(try await titles(stage) == "A B C D", "the oldest first while nobody has placed any")
            #expect(try await stage.json("tasks.read", ["task_id": 3])["position"] == nil)
            let placed = try await stage.call("tasks.place", ["task_id": 3, "after": .null])
            #expect(placed.sentence == "Placed 3: C.")
            #expect(placed.json?["position"]?.string?.isEmpty == false)
            #expect(placed.json?["version"] == 2, "a change like every other")
            #expect(try await titles(stage) == "C A B D", "those without a place come after it")
            try await stage.call("tasks.place", ["task_id": 4, "before": .null])
            #expect(try await titles(stage) == "C D A B", "the end of those that have a place")
            let id = try #require(try await stage.json("tasks.read", ["task_id": 3])["id"])
            try await stage.call("tasks.place", ["task_id": 1, "after": id])
            #expect(try await titles(stage) == "C A D B")
            try await stage.call("tasks.place", ["task_id": 4, "before": 3])
            #expect(try await titles(stage) == "D C A B")
            #expect(try await titles(stage, ["order": "desc"]) == "A C D B")
            try await stage.call("tasks.complete", ["task_id": 3])
            #expect(try await titles(stage, ["status": "pending"]) == "D A B")
            let again = try await stage.call("tasks.place", ["task_id": 1, "after": 4])
            #expect(again.undoToken == nil, "it stands there already: what is done is passed over")
            #expect(again.json?["version"] == 2)
        }
    }

    @Test func `what comes before a neighbour without a place gets one too, and one undo takes all back`() async throws
    {
        try await Stage.with { stage in
            try await add(["A", "B", "C", "D", "E"], stage)
            try await stage.call("tasks.complete", ["task_id": 2])
            let moved = try await stage.call("tasks.place", ["task_id": 5, "after": 3])
            #expect(try await titles(stage, ["status": "pending"]) == "A C E D", "all others stay where they are")
            #expect(try await stage.json("tasks.read", ["task_id": 2])["position"] == nil, "it is done")
            #expect(try await stage.json("tasks.read", ["task_id": 4])["position"] == nil, "it comes after them")
            #expect(try await stage.json("tasks.read", ["task_id": 1])["version"] == 2)
            try await stage.call("undo", ["token": JSONValue(text: moved.undoToken)])
            for number in 1...5 as ClosedRange<Int64> {
                #expect(try await stage.json("tasks.read", ["task_id": .integer(number)])["position"] == nil)
            }
            #expect(try await titles(stage, ["status": "pending"]) == "A C D E")
            try await stage.call("tasks.place", ["task_id": 1, "before": 4])
            #expect(try await titles(stage, ["status": "pending"]) == "C A D E")
        }
    }

    @Test func `between two there is always room, in keys of a bounded length`() async throws {
        try await Stage.with { stage in
            try await add(["top", "end"], stage)
            try await stage.call("tasks.place", ["task_id": 2, "after": 1])
            var order = ["top"]
            for index in 0..<400 {
                try await stage.call("tasks.create", ["title": .string("\(index)")])
                // Always at the same spot: right behind the first.
                try await stage.call("tasks.place", ["task_id": JSONValue(index + 3), "after": 1])
                order.insert("\(index)", at: 1)
            }
            var (found, keys, cursor): ([String], [String], JSONValue) = ([], [], .null)
            repeat {
                var query: JSONObject = ["sort": "manual", "limit": 47]
                if cursor != .null { query["cursor"] = cursor }
                let page = try await stage.json("tasks.list", .object(query))
                for task in page["items"]?.array ?? [] {
                    found.append(task["title"]?.string ?? "")
                    keys.append(task["position"]?.string ?? "")
                }
                cursor = page["next_cursor"] ?? .null
            } while cursor != .null
            #expect(found == order + ["end"])
            #expect(keys.allSatisfy { (1...Limits.positionLengthMax).contains($0.utf8.count) })
            #expect(Set(keys).count == keys.count)
            let versions = try await stage.json("tasks.read", ["task_id": 2])["version"]?.integer ?? 0
            #expect(versions <= 6, "others get another key now and then")
        }
    }

    @Test func `an undo can bring back a place that is taken, and there is room beside it all the same`() async throws {
        try await Stage.with { stage in
            try await add(["A", "B", "C", "D", "E"], stage)
            try await stage.call("tasks.place", ["task_id": 5, "after": 4])
            try await stage.call("tasks.place", ["task_id": 2, "after": 4])
            let moved = try await stage.call("tasks.place", ["task_id": 2, "after": 1])
            #expect(try await titles(stage) == "A B C D E")
            // Between the same two, so with the key that the undo brings back.
            try await stage.call("tasks.place", ["task_id": 3, "after": 4])
            try await stage.call("undo", ["token": JSONValue(text: moved.undoToken)])
            let keys = [
                try await stage.json("tasks.read", ["task_id": 2]), try await stage.json("tasks.read", ["task_id": 3]),
            ]
            #expect(keys[0]["position"] == keys[1]["position"], "which is what this is about")
            #expect(try await titles(stage) == "A D B C E")
            try await stage.call("tasks.place", ["task_id": 1, "after": 2])
            #expect(try await titles(stage) == "D B A C E")
        }
    }

    @Test func `the next task of a series stands where the one before it stood`() async throws {
        try await Stage.with { stage in
            try await stage.call(
                "tasks.create", ["title": "Water", "due_date": "2026-01-19", "recurring": "weekly"])
            try await add(["B", "C"], stage)
            try await stage.call("tasks.place", ["task_id": 2, "after": 1])
            let done = try await stage.json("tasks.complete", ["task_id": 1])
            #expect(try await stage.makeNext(after: done)?.number == 4)
            #expect(try await titles(stage, ["status": "pending"]) == "Water B C")
            try await stage.call("tasks.place", ["task_id": 3, "after": 4])
            #expect(try await titles(stage, ["status": "pending"]) == "Water C B")
        }
    }

    @Test func `a place that is none is refused`() async throws {
        try await Stage.with { stage in
            try await add(["A", "B"], stage)
            try await stage.call("tasks.create", ["title": "Secret"], as: stage.ben)
            let strange = try await stage.json("tasks.read", ["task_id": 1], as: stage.ben)["id"] ?? .null
            func fields(_ place: JSONObject) async throws -> [String] {
                var arguments: JSONObject = ["task_id": 1]
                for member in place.members { arguments[member.name] = member.value }
                return try await stage.fields(of: "tasks.place", .object(arguments))
            }
            #expect(try await fields([:]) == ["/after required"])
            #expect(try await fields(["after": 2, "before": 2]) == ["/before excluded"])
            for bad: JSONValue in [0, -1, true, "", "2", [2], 99, strange, 1] {
                #expect(try await fields(["after": bad]) == ["/after invalid_value"], "\(bad)")
                #expect(try await fields(["before": bad]) == ["/before invalid_value"], "\(bad)")
            }
            try await stage.call("tasks.delete", ["task_id": 2])
            #expect(try await fields(["after": 2]) == ["/after invalid_value"], "it is in the trash")
            #expect(try await stage.error(of: "tasks.place", ["task_id": 9, "after": .null]) == .notFound(.task))
            let stale = try await stage.error(of: "tasks.place", ["task_id": 1, "after": .null, "if_version": 7])
            guard case .versionMismatch = stale else {
                Issue.record("\(stale)")
                return
            }
        }
    }
}
