import ErrandCore
import Foundation
import Testing

extension Everywhere {
    /// Recurring tasks, in every way to install Errand, each request to another process than the one before.
    @Suite struct SeriesTests {
        @Test(arguments: Shape.allCases)
        func `a series goes on month by month, and its verbs keep the rule`(shape: Shape) async throws {
            try await shape.run { cluster in
                let doors = try await cluster.signUp("ana")
                let person = Person(doors: doors)
                var task = try await person.add(
                    ["title": "Rent", "due": ["kind": "date", "date": "2035-01-31"], "recurring": "monthly"]
                )
                var due: [String] = []
                for _ in 0..<6 {
                    due.append(task["due"]?["date"]?.string ?? "")
                    task = try await person.completeAndFollow(task)
                }
                #expect(due == ["2035-01-31", "2035-02-28", "2035-03-31", "2035-04-30", "2035-05-31", "2035-06-30"])
                let moved = try await person.verb(
                    "reschedule", task, ["due": ["kind": "date", "date": "2035-08-02"]])
                #expect(moved["due"]?["date"]?.string == "2035-08-02")
                task = try await person.completeAndFollow(moved)
                #expect(task["due"]?["date"]?.string == "2035-08-31", "the rule is as it was")
                task = try await person.verb("skip", task)
                #expect(task["due"]?["date"]?.string == "2035-09-30")
                // An untouched successor goes when its parent is opened again.
                let successor = try await person.completeAndFollow(task)
                _ = try await person.verb("reopen", task)
                try await eventually("there is one pending task again") {
                    try await person.pending().map { $0["id"] } == [task["id"]]
                }
                let gone = await doors[0].send("GET", "/api/v1/tasks/\(successor["id"]?.string ?? "")")
                #expect(gone?.status == 404)
                // Seven months, and the one that was opened again.
                try await person.check(completed: 8, cluster)
            }
        }

        @Test(arguments: Shape.allCases)
        func `the same occurrence completed at two doors at once has one successor`(shape: Shape) async throws {
            try await shape.run { cluster in
                let doors = try await cluster.signUp("ana")
                let person = Person(doors: doors)
                var task = try await person.add(["title": "Walk", "recurrence": ["rrule": "FREQ=DAILY;COUNT=6"]])
                for round in 1...6 {
                    let path = "/api/v1/tasks/\(task["id"]?.string ?? "")/complete"
                    async let first = doors[0].send("POST", path)
                    async let second = doors[1].send("POST", path)
                    let statuses = [await first?.status, await second?.status]
                    #expect(statuses == [200, 200], "what is completed already is no error")
                    if round == 6 { break }
                    task = try await person.successor(of: task)
                }
                try await person.check(completed: 6, cluster)
                #expect(try await person.pending().isEmpty, "the count is reached")
            }
        }
    }
}

/// Somebody whose requests arrive at the doors in turn.
struct Person: Sendable {
    let doors: [APIClient]

    func add(_ form: JSONValue) async throws -> JSONValue {
        let answer = try #require(await doors[0].send("POST", "/api/v1/tasks", form))
        #expect(answer.status == 201)
        return answer.json
    }

    /// Does something with a task, at the other door.
    func verb(_ verb: String, _ task: JSONValue, _ form: JSONValue? = nil) async throws -> JSONValue {
        let path = "/api/v1/tasks/\(task["id"]?.string ?? "")/\(verb)"
        let answer = try #require(await doors[1].send("POST", path, form))
        #expect(answer.status == 200, "\(verb)")
        return answer.json
    }

    func completeAndFollow(_ task: JSONValue) async throws -> JSONValue {
        let done = try await verb("complete", task)
        #expect(done["completed"] == .bool(true))
        return try await successor(of: task)
    }

    /// The next occurrence, once it has been made: another process does that.
    func successor(of task: JSONValue) async throws -> JSONValue {
        var found: JSONValue?
        try await eventually("the next occurrence comes") {
            found = try await pending().first { $0["recurring_parent_id"] == task["id"] }
            return found != nil
        }
        return try #require(found)
    }

    func pending() async throws -> [JSONValue] {
        let page = try #require(await doors[0].send("GET", "/api/v1/tasks?status=pending&limit=200"))
        #expect(page.status == 200)
        return page.json["items"]?.array ?? []
    }

    /// Holds what was made against what is promised of every completion.
    func check(completed: Int, _ cluster: Cluster) async throws {
        let books = try await Books.whenAudited(cluster.deployment)
        #expect(books.firstBad == nil && books.deadLetters == 0)
        var successors: [TaskID: Int] = [:]
        for task in books.tasks { if let parent = task.series?.predecessorID { successors[parent, default: 0] += 1 } }
        #expect(successors.values.allSatisfy { $0 == 1 }, "no occurrence has two successors")
        let counts = Dictionary(grouping: books.events) { "\($0.event.type) \($0.event.subject.id)" }.mapValues(\.count)
        let completions = counts.filter { $0.key.hasPrefix("task.completed") }
        #expect(completions.count == completed && completions.values.allSatisfy { $0 == 1 }, "\(completions)")
    }
}
