import CivilTime
import DaprBus
import ErrandCore
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct StateTests {
    @Test func `a value comes with its tag, and an absent one is nil`() async throws {
        let store = StubStore()
        try await StubSidecar.with(answer: store.answer) { stub in
            let sidecar = try stub.sidecar()
            let absent = try await sidecar.state("conv-1", in: "state")
            #expect(absent == nil)
            try await sidecar.save(state: ["turn": 1], for: "conv-1", in: "state", if: .absent, lifetime: .seconds(90))
            let present = try await sidecar.state("conv-1", in: "state")
            #expect(present?.value == ["turn": 1])
            #expect(present?.etag == "1")
            let saved = try #require(stub.calls.first { $0.method == "POST" }?.json.array?.first)
            #expect(saved["options"] == ["concurrency": "first-write", "consistency": "strong"])
            #expect(saved["metadata"] == ["ttlInSeconds": "90"])
            #expect(saved["etag"] == nil)
        }
    }

    @Test func `a write that expects another value is a conflict`() async throws {
        let store = StubStore()
        try await StubSidecar.with(answer: store.answer) { stub in
            let sidecar = try stub.sidecar()
            try await sidecar.save(state: 1, for: "a", in: "state", if: .none)
            try await sidecar.save(state: 2, for: "a", in: "state", if: .none)
            await #expect(throws: SidecarError.conflict) {
                try await sidecar.save(state: 3, for: "a", in: "state", if: .unchanged(etag: "1"))
            }
            await #expect(throws: SidecarError.conflict) {
                try await sidecar.save(state: 3, for: "a", in: "state", if: .absent)
            }
            await #expect(throws: SidecarError.conflict) {
                try await sidecar.delete(state: "a", in: "state", ifUnchanged: "1")
            }
            try await sidecar.delete(state: "a", in: "state", ifUnchanged: "2")
            let gone = try await sidecar.state("a", in: "state")
            #expect(gone == nil)
            await #expect(throws: SidecarError.self) { try await sidecar.state("a||b", in: "state") }
        }
    }

    @Test func `changes at the same time are all kept`() async throws {
        let store = StubStore()
        try await StubSidecar.with(answer: store.answer) { stub in
            let sidecar = try stub.sidecar()
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await sidecar.updateState("count", in: "state", attemptsMax: 100) { value in
                            .write(.integer((value?.integer ?? 0) + 1))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await sidecar.state("count", in: "state")
            #expect(count?.value == 8)
            #expect(stub.calls.count { $0.method == "POST" } > 8, "some had to try again")
        }
    }

    @Test func `several values come at once, without those that are not there`() async throws {
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(
                status: 200, body: #"[{"key":"a","data":{"n":1},"etag":"1"},{"key":"b"},{"key":"c","data":null}]"#)
        }) { stub in
            let values = try await (try stub.sidecar()).states(["a", "b", "c"], in: "state")
            #expect(values == ["a": ["n": 1]])
            #expect(stub.calls.map(\.line) == ["POST /v1.0/state/state/bulk"])
            #expect(stub.calls.first?.json["keys"] == ["a", "b", "c"])
        }
        try await StubSidecar.with(answer: { _ in
            StubSidecar.Answer(status: 200, body: #"[{"key":"a","error":"it is away"}]"#)
        }) { stub in
            let sidecar = try stub.sidecar()
            await #expect(throws: SidecarError.unreadable) { try await sidecar.states(["a"], in: "state") }
            await #expect(throws: SidecarError.self) { try await sidecar.states(["a||b"], in: "state") }
        }
    }

    @Test func `a change may leave a value as it is, remove it, or let it live for a time`() async throws {
        let store = StubStore()
        try await StubSidecar.with(answer: store.answer) { stub in
            let sidecar = try stub.sidecar()
            let written = try await sidecar.updateState("a", in: "state", lifetime: .days(1)) { _ in .write(1) }
            #expect(written == 1)
            #expect(stub.calls.last?.json.array?.first?["metadata"] == ["ttlInSeconds": "86400"])
            let kept = try await sidecar.updateState("a", in: "state") { _ in .keep }
            #expect(kept == 1)
            #expect(stub.calls.last?.method == "GET")
            let removed = try await sidecar.updateState("a", in: "state") { _ in .remove }
            #expect(removed == nil)
            #expect(stub.calls.last?.headers["if-match"] == "1")
            let gone = try await sidecar.state("a", in: "state")
            #expect(gone == nil)
        }
    }

    @Test func `a store without tags is not written to on what was read`() async throws {
        try await StubSidecar.with(answer: { _ in StubSidecar.Answer(status: 200, body: "1") }) { stub in
            let sidecar = try stub.sidecar()
            await #expect(throws: SidecarError.unreadable) {
                try await sidecar.updateState("a", in: "state") { _ in .write(2) }
            }
            #expect(stub.calls.map(\.method) == ["GET"])
        }
    }

    @Test func `whoever is beaten again and again is told so`() async throws {
        try await StubSidecar.with(answer: { call in
            call.method == "GET"
                ? StubSidecar.Answer(status: 200, headers: ["etag": "1"], body: "1") : .failure(409, "ERR_STATE_SAVE")
        }) { stub in
            let sidecar = try stub.sidecar()
            await #expect(throws: SidecarError.conflict) {
                try await sidecar.updateState("a", in: "state", attemptsMax: 3) { _ in .write(2) }
            }
            #expect(stub.calls.count { $0.method == "POST" } == 3)
        }
    }
}

/// One state store in memory, with the answers of the sidecar's API.
private final class StubStore: Sendable {
    private let values = Mutex<[String: (value: JSONValue, etag: Int)]>([:])

    func answer(_ call: StubSidecar.Call) -> StubSidecar.Answer {
        let path = call.target.split(separator: "?")[0].split(separator: "/")
        return values.withLock { values in
            switch call.method {
            case "GET":
                guard let found = values[String(path[3])] else { return .done }
                return StubSidecar.Answer(status: 200, headers: ["etag": "\(found.etag)"], body: found.value.text)
            case "DELETE":
                let key = String(path[3])
                if let etag = call.headers["if-match"], etag != values[key].map({ "\($0.etag)" }) {
                    return .failure(409, "ERR_STATE_DELETE")
                }
                values[key] = nil
                return .done
            default: return save(call.json.array?.first ?? .null, &values)
            }
        }
    }

    private func save(
        _ item: JSONValue, _ values: inout [String: (value: JSONValue, etag: Int)]
    ) -> StubSidecar.Answer {
        guard let key = item["key"]?.string, let value = item["value"] else { return .failure(400, "ERR_MALFORMED") }
        let found = values[key]
        if item["options"]?["concurrency"]?.string == "first-write" {
            // Without a tag PostgreSQL inserts, and answers 500 when that cannot be.
            if item["etag"] == nil, found != nil { return .failure(500, "ERR_STATE_SAVE", "no item was updated") }
            if let etag = item["etag"]?.string, etag != found.map({ "\($0.etag)" }) {
                return .failure(409, "ERR_STATE_SAVE")
            }
        }
        values[key] = (value, (found?.etag ?? 0) + 1)
        return .done
    }
}
