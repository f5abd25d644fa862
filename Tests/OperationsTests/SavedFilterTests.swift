import ErrandCore
import TestSupport
import Testing

/// Filters that are kept under a name.
@Suite struct SavedFilterTests {
    private func names(_ stage: Stage, as user: User? = nil) async throws -> [String] {
        let items = try await stage.json("filters.list", as: user)["items"]?.array ?? []
        #expect(items.map { $0["position"]?.integer } == items.indices.map { Int64($0) }, "without gaps")
        return items.compactMap { $0["name"]?.string }
    }

    private func add(_ names: [String], _ stage: Stage) async throws -> [JSONValue] {
        var ids: [JSONValue] = []
        for name in names {
            let form: JSONValue = ["name": .string(name), "expression": "#home & p1"]
            ids.append(try #require(try await stage.json("filters.add", form)["id"]))
        }
        return ids
    }

    @Test func `filters are kept in their order, changed and removed`() async throws {
        try await Stage.with { stage in
            let ids = try await add(["A", "B", "C"], stage)
            #expect(try await names(stage) == ["A", "B", "C"])
            let moved = try await stage.call("filters.edit", ["filter_id": ids[2], "position": 0])
            #expect(moved.json == ["id": ids[2], "name": "C", "expression": "#home & p1", "position": 0])
            #expect(moved.undoToken == nil)
            #expect(try await names(stage) == ["C", "A", "B"])
            try await stage.call("filters.edit", ["filter_id": ids[2], "position": 99])
            #expect(try await names(stage) == ["A", "B", "C"], "beyond the last one is the end")
            let changed = try await stage.json(
                "filters.edit", ["filter_id": ids[0], "name": " Home ", "expression": " due before: friday "])
            #expect(changed["name"] == "Home" && changed["expression"] == "due before: friday")
            try await stage.call("filters.remove", ["filter_id": ids[1]])
            #expect(try await names(stage) == ["Home", "C"])
            let first = try await stage.json("filters.add", ["name": "D", "expression": "p2", "position": 0])
            #expect(first["position"] == 0)
            #expect(try await names(stage) == ["D", "Home", "C"])
        }
    }

    @Test func `an expression has to be understood, in the words of the account`() async throws {
        try await Stage.with { stage in
            func problem(_ expression: JSONValue) async throws -> FieldProblem? {
                try await stage.error(of: "filters.add", ["name": "A", "expression": expression]).fields.first
            }
            let broken = try #require(try await problem("#home & ("))
            #expect(broken.place == .body("/expression") && broken.code == .invalidValue)
            #expect(broken.detail.hasPrefix("At position 9: expected "), "\(broken.detail)")
            #expect(try await problem("übermorgen & p1")?.place == .body("/expression"))
            try await stage.call("me.update", ["locale": "de"])
            try await stage.call("filters.add", ["name": "A", "expression": "übermorgen & p1"])
            let id = try #require(try await stage.json("filters.list")["items"]?.array?.first?["id"])
            #expect(
                try await stage.fields(of: "filters.edit", ["filter_id": id, "expression": "(p1"])
                    == ["/expression invalid_value"])
            #expect(try await names(stage) == ["A"])
        }
    }

    @Test func `names, lengths and numbers have limits`() async throws {
        try await Stage.with { stage in
            func fields(_ form: JSONValue) async throws -> [String] {
                try await stage.fields(of: "filters.add", form)
            }
            #expect(try await fields([:]) == ["/name required", "/expression required"])
            let long = String(repeating: "x", count: Limits.savedFilterNameLengthMax + 1)
            #expect(try await fields(["name": .string(long), "expression": "p1"]) == ["/name too_long"])
            #expect(
                try await fields(["name": "  ", "expression": " "]) == ["/name too_short", "/expression too_short"])
            let expression =
                String(repeating: " ", count: 3) + String(repeating: "p", count: Limits.filterLengthMax + 1)
            #expect(try await fields(["name": "A", "expression": .string(expression)]) == ["/expression too_long"])
            #expect(try await fields(["name": "A", "expression": "p1", "x": 1]) == ["/x unknown"])
            for position: JSONValue in [-1, 100] {
                #expect(
                    try await fields(["name": "A", "expression": "p1", "position": position])
                        == ["/position out_of_range"])
            }
            _ = try await add((0..<Limits.savedFiltersPerUserMax).map { "\($0)" }, stage)
            #expect(try await fields(["name": "A", "expression": "p1"]) == [" too_many"])
            #expect(try await names(stage).count == 100)
        }
    }

    @Test func `they are nobody else's, and take the rights of tasks`() async throws {
        try await Stage.with { stage in
            let id = try await add(["A"], stage)[0]
            #expect(try await names(stage, as: stage.ben) == [])
            for (name, more) in [("filters.edit", ["name": "B"] as JSONObject), ("filters.remove", [:])] {
                var arguments: JSONObject = ["filter_id": id]
                for member in more.members { arguments[member.name] = member.value }
                #expect(try await stage.error(of: name, .object(arguments), as: stage.ben) == .notFound(.filter))
            }
            #expect(try await stage.error(of: "filters.remove", ["filter_id": "x"]) == .notFound(.filter))
            let reader = stage.principal(scopes: [.readTasks])
            let list = try #require(Catalogue.entry("filters.list"))
            let read = try await list.read(arguments: [:]).perform(by: stage.operations, as: reader)
            #expect(read.sentence == "1 filter.")
            let remove = try #require(Catalogue.entry("filters.remove"))
            await #expect(throws: ErrandError.insufficientScope(.writeTasks)) {
                try await remove.read(arguments: ["filter_id": id]).perform(by: stage.operations, as: reader)
            }
        }
    }
}
