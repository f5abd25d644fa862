import ErrandCore
import Foundation
import Testing

extension Everywhere {
    /// Open windows, in every way to install Errand.
    @Suite struct LiveTests {
        private static let tasks = 30

        @Test(arguments: Shape.allCases)
        func `windows at every process see all changes of their user in order, and nobody else's`(
            shape: Shape
        )
            async throws
        {
            try await shape.run { cluster in
                let (ana, bob) = (try await cluster.signUp("ana"), try await cluster.signUp("bob"))
                let live = cluster.ports(of: .websocketService)
                let windows = [live[0], live[live.count - 1]]
                // Created, completed, and the next occurrence made by another process.
                let (start, changes) = (Int64(APIClient.signUpEvents), Int64(3 * Self.tasks))
                async let first = Window(port: windows[0], ana[0].token).frames(after: start, count: changes)
                async let second = Window(port: windows[1], ana[0].token).frames(after: start, count: changes)
                async let other = Window(port: windows[0], bob[0].token).frames(after: start, count: 1)
                for number in 0..<Self.tasks {
                    let door = ana[number % 2]
                    let form: JSONValue = ["title": .string("Run \(number)"), "recurring": "daily"]
                    let made = try #require(await door.send("POST", "/api/v1/tasks/recurring", form))
                    let path = "/api/v1/tasks/\(made.json["id"]?.string ?? "")/complete"
                    #expect(await ana[(number + 1) % 2].send("POST", path)?.status == 200)
                }
                #expect(await bob[1].send("POST", "/api/v1/tasks", ["title": "Bob's"])?.status == 201)
                let seen = [try await first, try await second]
                for frames in seen {
                    #expect(frames.compactMap { $0["cursor"]?.integer } == Array(start + 1...start + changes))
                    #expect(frames.count { $0["event_type"]?.string == "task.completed" } == Self.tasks)
                }
                #expect(seen[0] == seen[1])
                let bobs = try await other
                #expect(bobs.compactMap { $0["task"]?["title"]?.string } == ["Bob's"])
                // A window that was away goes on at another process where it was.
                let half = start + changes / 2
                let away = Window(port: windows[1], ana[0].token)
                let later = try await away.frames(after: half, count: start + changes - half)
                #expect(later.compactMap { $0["cursor"]?.integer } == Array(half + 1...start + changes))
            }
        }
    }
}

/// An open window: the command that prints every change.
struct Window: Sendable {
    let port: Int
    private let token: String

    init(port: Int, _ token: String) {
        self.port = port
        self.token = token
    }

    /// The first `count` changes after the one of that number.
    func frames(after cursor: Int64, count: Int64) async throws -> [JSONValue] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let client = CommandLineClient(home: folder, server: "http://localhost:\(port)")
        let outcome = try await client.inBackground(
            ["watch", "--json", "--cursor", "\(cursor)", "--count", "\(count)"], environment: ["ERRAND_TOKEN": token]
        )
        return try outcome.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }
}
