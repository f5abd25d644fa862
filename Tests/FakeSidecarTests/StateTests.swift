import ErrandCore
import FakeSidecar
import Testing

@Suite struct StateTests {
    private let cluster = FakeCluster(stateStores: ["kv"])

    @Test func `a key is written, read and removed`() async throws {
        try await Bench.with(on: cluster, isAppUp: false) { bench in
            let absent = await bench.send("GET", "/v1.0/state/kv/a")
            #expect(absent.status == 204)
            let saved = await bench.send(
                "POST", "/v1.0/state/kv", #"[{"key":"a","value":{"n":1}},{"key":"b","value":2}]"#)
            #expect(saved.status == 204)
            let read = await bench.send("GET", "/v1.0/state/kv/a")
            #expect(read.status == 200)
            #expect(read.json == ["n": 1])
            #expect(read.headers["etag"]?.isEmpty == false)
            let bulk = await bench.send("POST", "/v1.0/state/kv/bulk", #"{"keys":["b","z"]}"#)
            #expect(bulk.status == 200)
            #expect(bulk.json.array?.map { $0["data"] } == [2, nil])
            let deleted = await bench.send("DELETE", "/v1.0/state/kv/a")
            #expect(deleted.status == 204)
            let gone = await bench.send("GET", "/v1.0/state/kv/a")
            #expect(gone.status == 204)
        }
    }

    @Test func `an etag that does not match is a conflict, but a failure in a transaction`() async throws {
        try await Bench.with(on: cluster, isAppUp: false) { bench in
            let saved = await bench.send("POST", "/v1.0/state/kv", #"[{"key":"a","value":1}]"#)
            #expect(saved.status == 204)
            let etag = await bench.send("GET", "/v1.0/state/kv/a").headers["etag"] ?? ""
            let stale = #"{"key":"a","value":2,"etag":"stale","options":{"concurrency":"first-write"}}"#
            let conflict = await bench.send("POST", "/v1.0/state/kv", "[\(stale)]")
            #expect(conflict.status == 409)
            #expect(conflict.json["errorCode"] == "ERR_STATE_SAVE")
            let unmatched = await bench.send("DELETE", "/v1.0/state/kv/a", nil, ["If-Match": "stale"])
            #expect(unmatched.status == 409)
            let operations =
                #"{"operations":[{"operation":"upsert","request":{"key":"b","value":1}},"#
                + #"{"operation":"upsert","request":\#(stale)}]}"#
            let failed = await bench.send("POST", "/v1.0/state/kv/transaction", operations)
            #expect(failed.status == 500)
            #expect(failed.json["errorCode"] == "ERR_STATE_TRANSACTION")
            let untouched = await bench.send("GET", "/v1.0/state/kv/b")
            #expect(untouched.status == 204)
            let fresh = #"[{"key":"a","value":3,"etag":"\#(etag)","options":{"concurrency":"first-write"}}]"#
            let matched = await bench.send("PUT", "/v1.0/state/kv", fresh)
            #expect(matched.status == 204)
            let both =
                #"{"operations":[{"operation":"delete","request":{"key":"a"}},"#
                + #"{"operation":"upsert","request":{"key":"b","value":4}}]}"#
            let done = await bench.send("POST", "/v1.0/state/kv/transaction", both)
            #expect(done.status == 204)
            let moved = await bench.send("POST", "/v1.0/state/kv/bulk", #"{"keys":["a","b"]}"#)
            #expect(moved.json.array?.map { $0["data"] } == [nil, 4])
        }
    }

    @Test func `apps do not see each other's keys, and unknown stores are named`() async throws {
        let cluster = cluster
        try await Bench.with("one", on: cluster, isAppUp: false) { one in
            let saved = await one.send("POST", "/v1.0/state/kv", #"[{"key":"a","value":1}]"#)
            #expect(saved.status == 204)
            let unknown = await one.send("GET", "/v1.0/state/other/a")
            #expect(unknown.status == 400)
            #expect(unknown.json["errorCode"] == "ERR_STATE_STORE_NOT_FOUND")
            let malformed = await one.send("POST", "/v1.0/state/kv", #"[{"value":1}]"#)
            #expect(malformed.status == 400)
            try await Bench.with("two", on: cluster, isAppUp: false) { two in
                let absent = await two.send("GET", "/v1.0/state/kv/a")
                #expect(absent.status == 204)
            }
        }
    }

    @Test func `faults of the store are about the keys they name`() async throws {
        try await Bench.with(on: cluster, isAppUp: false) { bench in
            let faults = bench.sidecar.faults
            func save(_ key: String, _ value: Int, _ more: String = "") async -> Int {
                await bench.send("POST", "/v1.0/state/kv", #"[{"key":"\#(key)","value":\#(value)\#(more)}]"#).status
            }
            faults.stateKeyPrefix = "a"
            faults.stateWriteRefused = .next(1)
            var statuses = [await save("b", 1), await save("a", 1), await save("a", 2)]
            #expect(statuses == [204, 500, 204])
            faults.stateRefused = .next(1)
            let (refused, read) = (
                await bench.send("GET", "/v1.0/state/kv/a"), await bench.send("GET", "/v1.0/state/kv/a")
            )
            #expect(refused.status == 500)
            #expect(read.json == 2)
            faults.stateAnswerLost = .next(1)
            statuses = [await save("a", 3)]
            #expect(statuses == [500])
            let written = await bench.send("GET", "/v1.0/state/kv/a")
            #expect(written.json == 3)
            let tag = #","etag":"\#(written.headers["etag"] ?? "")","options":{"concurrency":"first-write"}"#
            faults.stateTagStale = .next(1)
            statuses = [await save("a", 4), await save("a", 5, tag)]
            #expect(statuses == [204, 409], "only what has a tag can be late")
            let left = await bench.send("GET", "/v1.0/state/kv/a")
            #expect(left.json == 4)
        }
    }
}
