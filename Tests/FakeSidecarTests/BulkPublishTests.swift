import ErrandCore
import FakeSidecar
import Testing

@Suite struct BulkPublishTests {
    private let broker = FakeBroker()

    @Test(arguments: ["/v1.0/publish/bulk/pubsub/t", "/v1.0-alpha1/publish/bulk/pubsub/t"])
    func `entries are written by their own key and type`(path: String) async throws {
        let body = """
            [{"entryId":"1","event":{"a":1},"contentType":"application/json","metadata":{"partitionKey":"u1"}},
             {"entryId":"2","event":"hi","contentType":"text/plain","metadata":{"partitionKey":"u2"}},
             {"entryId":"3","event":{"id":"e3","type":"x","data":3},"contentType":"application/cloudevents+json"}]
            """
        try await Bench.with(on: FakeCluster(broker: broker), isAppUp: false) { bench in
            let answer = await bench.send("POST", path, body)
            #expect(answer.status == 204)
        }
        let records = broker.records(in: "t")
        let events = try records.map { try JSONValue.parse($0.value) }
        #expect(Set(records.map(\.key)) == ["u1", "u2", nil])
        #expect(Set(events.map { $0["data"] }) == [["a": 1], "hi", 3])
        #expect(events.first { $0["data"] == 3 }?["id"] == "e3")
    }

    @Test func `some entries fail and the others are written`() async throws {
        let body = """
            [{"entryId":"1","event":"a","contentType":"text/plain"},
             {"entryId":"2","event":"b","contentType":"text/plain"},
             {"entryId":"3","event":"c","contentType":"text/plain"}]
            """
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), isAppUp: false) { bench in
            bench.sidecar.faults.bulkEntryRefused = .next(2)
            let answer = await bench.send("POST", "/v1.0/publish/bulk/pubsub/t", body)
            #expect(answer.status == 500)
            #expect(answer.json["errorCode"] == "ERR_PUBSUB_PUBLISH_MESSAGE")
            let failed = answer.json["failedEntries"]?.array?.map { $0["entryId"]?.string }
            #expect(failed == ["1", "2"])
            #expect(broker.records(in: "t").count == 1)
        }
    }

    @Test(arguments: [
        "{}", #"[{"event":"a"}]"#, #"[{"entryId":"","event":"a"}]"#, #"[{"entryId":"1"}]"#,
        #"[{"entryId":"1","event":"a"},{"entryId":"1","event":"b"}]"#,
        #"[{"entryId":"1","event":{"a":1},"contentType":"text/plain"}]"#,
    ])
    func `bad entries are refused as a whole`(body: String) async throws {
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), isAppUp: false) { bench in
            let answer = await bench.send("POST", "/v1.0/publish/bulk/pubsub/t", body)
            #expect(answer.status == 400)
            #expect(answer.json["errorCode"] == "ERR_PUBSUB_EVENTS_SER")
            #expect(broker.records(in: "t").isEmpty)
        }
    }
}
