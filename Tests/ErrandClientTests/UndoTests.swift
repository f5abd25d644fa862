import CivilTime
import ErrandClient
import ErrandCore
import Foundation
import Synchronization
import Testing

@Suite struct UndoHistoryTests {
    @Test func `steps go back one by one, and forward again until something new is done`() {
        var history = UndoHistory()
        for token in ["a", "b"] { history.record(token, at: .start) }
        history.take("b", .undo, answer: "B", at: .start)
        history.take("a", .undo, answer: "A", at: .start)
        #expect(history.next(.undo) == nil && history.next(.redo) == "A")
        history.take("A", .redo, answer: "a2", at: .start)
        #expect(history.next(.undo) == "a2" && history.next(.redo) == "B")
        history.record("c", at: .start)
        #expect(history.next(.undo) == "c" && history.next(.redo) == nil && history.count(.undo) == 2)
    }

    @Test func `a step that changes nothing leads nowhere, and a token named goes the way that is known of it`() {
        var history = UndoHistory()
        for token in ["a", "b", "c"] { history.record(token, at: .start) }
        history.take("c", .undo, answer: nil, at: .start)
        #expect(history.next(.undo) == "b" && history.next(.redo) == nil)
        history.take("a", .undo, answer: "A", at: .start)
        #expect(history.count(.undo) == 1 && history.next(.redo) == "A", "one from below the top")
        history.take("A", .undo, answer: "a2", at: .start)
        #expect(history.next(.undo) == "a2" && history.next(.redo) == nil, "undone by name is done again")
    }

    @Test func `a token that is used is dropped alone, one that is too old with all below`() {
        var history = UndoHistory()
        for (index, token) in ["a", "b", "c", "d"].enumerated() {
            history.record(token, at: .start + .minutes(Int64(index)))
        }
        var used = history
        used.drop("c", at: .start + .minutes(5))
        #expect(used.count(.undo) == 3 && used.next(.undo) == "d")
        var old = history
        old.drop("c", at: .start + .minutes(2) + Limits.undoLifetime)
        #expect(old.count(.undo) == 1 && old.next(.undo) == "d")
        let before = old
        old.drop("unknown", at: .start + .days(1))
        #expect(old == before)
    }

    @Test func `both stacks are bounded, the oldest falls off`() {
        var history = UndoHistory()
        for index in 0...UndoHistory.stepsMax { history.record("\(index)", at: .start) }
        #expect(history.count(.undo) == UndoHistory.stepsMax)
        for index in (1...UndoHistory.stepsMax).reversed() {
            #expect(history.next(.undo) == "\(index)")
            history.take("\(index)", .undo, answer: "back \(index)", at: .start)
        }
        #expect(history.next(.undo) == nil && history.count(.redo) == UndoHistory.stepsMax)
        #expect(UndoHistory(history.json) == history)
    }
}

@Suite struct UndoFileTests {
    @Test func `everybody has a history, which others do not see, in a file for its owner alone`() async throws {
        try await withFolder { folder, path in
            let file = UndoFile(folder: folder)
            let owners = try [
                ("https://a.example", "ana"), ("https://a.example", "ben"), ("https://b.example", "ana"),
            ].map { UndoOwner(server: try #require(ServerAddress($0)), account: $1) }
            for (index, owner) in owners.enumerated() {
                try await file.change(of: owner) { $0.record("\(index)", at: .start) }
            }
            #expect(try owners.map { try file.history(of: $0).next(.undo) } == ["0", "1", "2"])
            try await file.change(of: owners[0]) { $0 = UndoHistory() }
            #expect(try owners.map { try file.history(of: $0).next(.undo) } == [nil, "1", "2"])
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/undo.json")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(!names.contains { $0.hasSuffix(".new") }, "no drafts are left: \(names)")
        }
    }

    @Test func `many commands at once lose nothing`() async throws {
        try await withFolder { folder, _ in
            let owner = UndoOwner(server: .standard, account: "ana")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        try await UndoFile(folder: folder).change(of: owner) { $0.record("\(index)", at: .start) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try UndoFile(folder: folder).history(of: owner).count(.undo) == 40)
        }
    }

    @Test(arguments: ["", "{", "[]", "{\"version\":9,\"histories\":[]}", "{\"server\":\"x\",\"token\":\"y\"}"])
    func `a file that makes no sense holds nothing, and is replaced`(_ content: String) async throws {
        try await withFolder { folder, _ in
            let owner = UndoOwner(server: .standard, account: "ana")
            try folder.write(Array(content.utf8), to: "undo.json")
            let file = UndoFile(folder: folder)
            #expect(try file.history(of: owner) == UndoHistory())
            try await file.change(of: owner) { $0.record("a", at: .start) }
            #expect(try file.history(of: owner).next(.undo) == "a")
        }
    }
}

@Suite struct UndoStepTests {
    private let owner = UndoOwner(server: .standard, account: "ana")

    @Test func `undo goes back twice, redo forward twice, each with the token of the step before`() async throws {
        try await withFolder { folder, _ in
            let (server, file) = (UndoServer(), UndoFile(folder: folder))
            for token in ["a", "b"] { try await file.change(of: owner) { $0.record(token, at: .start) } }
            for direction in [.undo, .undo, .redo, .redo, .undo] as [UndoHistory.Direction] {
                try await step(direction, server, file)
            }
            #expect(server.asked == ["b", "a", "a'", "b'", "b''"])
            try await file.change(of: owner) { $0.record("c", at: .start) }
            #expect(await sentence { try await step(.redo, server, file) } == "There is nothing to redo.")
            #expect(server.asked.count == 5, "the server is not asked")
        }
    }

    @Test func `two commands at once take two steps`() async throws {
        try await withFolder { folder, _ in
            let (server, file) = (UndoServer(), UndoFile(folder: folder))
            for index in 0..<8 { try await file.change(of: owner) { $0.record("\(index)", at: .start) } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await step(.undo, server, file) } }
                try await group.waitForAll()
            }
            #expect(server.asked == (0..<8).reversed().map(String.init))
            #expect(try file.history(of: owner).count(.redo) == 8)
        }
    }

    @Test func `what the server takes no more is dropped with a sentence, what is in the way stays`() async throws {
        try await withFolder { folder, _ in
            let (server, file) = (UndoServer(), UndoFile(folder: folder))
            for token in ["a", "b"] { try await file.change(of: owner) { $0.record(token, at: .start) } }
            server.refuse(409, "undo_conflict")
            let inTheWay = await sentence { try await step(.undo, server, file) }
            #expect(inTheWay == "A task has been changed since, so the change cannot be taken back.")
            #expect(try file.history(of: owner).next(.undo) == "b")
            server.refuse(410, "undo_expired")
            let expired = await sentence { try await step(.undo, server, file) }
            #expect(expired == "This change can no longer be taken back: that works once, within ten minutes.")
            #expect(try file.history(of: owner).next(.undo) == "a")
            server.refuse(429, "rate_limited")
            #expect(await sentence { try await step(.undo, server, file) } != nil)
            #expect(try file.history(of: owner).next(.undo) == "a", "kept for another time")
        }
    }

    private func step(_ direction: UndoHistory.Direction, _ server: UndoServer, _ file: UndoFile) async throws {
        let client = APIClient(
            server: .standard, identity: .token("t"), transport: server, now: { .start }, pauses: []
        )
        _ = try await client.step(direction, of: owner, in: file, key: UUID().uuidString) { error in
            Issue.record("\(error.sentence)")
        }
    }

    private func sentence(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ClientError)?.sentence
        }
    }
}

/// Answers every step back with a token for it: the one that was sent, and a stroke.
private final class UndoServer: Transport {
    private struct State {
        var asked: [String] = []
        var refusal: (status: Int, code: String)?
    }

    private let state = Mutex(State())

    /// The tokens that were sent.
    var asked: [String] { state.withLock { $0.asked } }

    func refuse(_ status: Int, _ code: String) { state.withLock { $0.refusal = (status, code) } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportReply {
        guard request.url.path == "/api/v1/undo", let body = request.body.flatMap({ try? JSONValue.parse($0) }),
            let token = body["token"]?.string
        else { return TransportReply(status: 404) }
        let refusal = state.withLock { state in
            state.asked.append(token)
            return state.refusal
        }
        if let refusal {
            return TransportReply(
                status: refusal.status, body: Data((["code": .string(refusal.code)] as JSONValue).serialized())
            )
        }
        return TransportReply(status: 200, headers: ["Errand-Undo": token + "'"], body: Data("{\"items\":[]}".utf8))
    }

    func stream(
        _ request: TransportRequest
    ) async throws(TransportError) -> (status: Int, body: any AsyncSequence<Data, any Error> & Sendable) {
        throw .unreachable("there are no streams here")
    }
}

extension Instant {
    fileprivate static let start = Instant(seconds: 1_800_000_000)
}

/// A folder of its own, gone afterwards.
private func withFolder(_ use: (PrivateFolder, _ path: String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await use(PrivateFolder(path: path), path)
}
