import ErrandCore
import FakeSidecar
import Testing

@Suite struct PublishTests {
    private let broker = FakeBroker(partitions: 1)

    private func published(_ path: String, _ body: String, _ headers: [String: String] = [:]) async throws -> JSONValue
    {
        try await Bench.with(on: FakeCluster(broker: broker), isAppUp: false) { bench in
            let answer = await bench.send("POST", path, body, headers)
            #expect(answer.status == 204)
            #expect(answer.body.isEmpty)
        }
        let record = try #require(broker.records(in: "tasks/all").last)
        return try JSONValue.parse(record.value)
    }

    @Test func `a body is wrapped into an envelope`() async throws {
        let event = try await published(
            "/v1.0/publish/pubsub/tasks/all", #"{"a":1}"#, ["Content-Type": "application/json"])
        #expect(event["specversion"] == "1.0")
        #expect(event["source"] == "app")
        #expect(event["type"] == "com.dapr.event.sent")
        #expect(event["topic"] == "tasks/all")
        #expect(event["pubsubname"] == "pubsub")
        #expect(event["datacontenttype"] == "application/json")
        #expect(event["data"] == ["a": 1])
        #expect(event["id"]?.string?.isEmpty == false)
        #expect(event["time"]?.string?.hasSuffix("Z") == true)
    }

    @Test(arguments: [
        ("text/plain", "hello", "data", JSONValue.string("hello")),
        ("application/json", "{broken", "data", "{broken"),
        ("application/octet-stream", "hi", "data_base64", "aGk="),
    ])
    func `the content type says what data is`(type: String, body: String, member: String, value: JSONValue) async throws
    {
        let event = try await published("/v1.0/publish/pubsub/tasks/all", body, ["Content-Type": type])
        #expect(event[member] == value)
        #expect(event["datacontenttype"] == .string(type))
    }

    @Test func `an envelope of one's own is kept but for topic and component`() async throws {
        let own = """
            {"specversion":"1.0","id":"e1","source":"me","type":"task.created","topic":"x","pubsubname":"y",\
            "time":"2020-01-01T00:00:00Z","userid":"u1","data":{"b":[]}}
            """
        let event = try await published(
            "/v1.0/publish/pubsub/tasks/all", own, ["Content-Type": "application/cloudevents+json; charset=utf-8"]
        )
        var expected = try #require(JSONValue.parse(own).object)
        expected["topic"] = "tasks/all"
        expected["pubsubname"] = "pubsub"
        #expect(event == .object(expected))
    }

    @Test func `a trace is written twice or not at all`() async throws {
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let headers = ["Content-Type": "application/cloudevents+json", "traceparent": trace]
        let event = try await published("/v1.0/publish/pubsub/tasks/all", #"{"id":"e","traceparent":"mine"}"#, headers)
        #expect(event["traceid"] == .string(trace))
        #expect(event["traceparent"] == .string(trace))
        let kept = try await published(
            "/v1.0/publish/pubsub/tasks/all", #"{"id":"e","traceid":"t","traceparent":"mine"}"#, headers
        )
        #expect(kept["traceparent"] == "mine")
    }

    @Test func `metadata of the query rule key, identity, life and form`() async throws {
        let path = "/v1.0/publish/pubsub/tasks/all?metadata.partitionKey=user%201&metadata.partitionKey=user2"
        let event = try await published(path + "&metadata.cloudevent.id=e7&metadata.ttlInSeconds=60", "x")
        #expect(event["id"] == "e7")
        #expect(event["expiration"]?.string?.isEmpty == false)
        let record = try #require(broker.records(in: "tasks/all").last)
        #expect(record.key == "user 1")
        #expect(record.headers["ttlInSeconds"] == "60")
        try await Bench.with(on: FakeCluster(broker: broker), isAppUp: false) { bench in
            let answer = await bench.send("PUT", "/v1.0/publish/pubsub/raw?metadata.rawPayload=true", "bytes")
            #expect(answer.status == 204)
        }
        #expect(broker.records(in: "raw").map(\.value) == [Array("bytes".utf8)])
    }

    @Test func `what can't be published is named`() async throws {
        func configure(_ options: inout SidecarOptions) {
            options.pubSubs = [PubSubComponent("pubsub", publishingScope: ["allowed"])]
        }
        try await Bench.with(on: FakeCluster(broker: broker), configure, isAppUp: false) { bench in
            let cases: [(path: String, type: String, status: Int, code: String)] = [
                ("elsewhere/allowed", "text/plain", 404, "ERR_PUBSUB_NOT_FOUND"),
                ("pubsub/", "text/plain", 404, "ERR_TOPIC_NAME_EMPTY"),
                ("pubsub/forbidden", "text/plain", 403, "ERR_PUBSUB_FORBIDDEN"),
                ("pubsub/allowed?metadata.rawPayload=maybe", "text/plain", 400, "ERR_PUBSUB_REQUEST_METADATA"),
                ("pubsub/allowed", "application/cloudevents+json", 500, "ERR_PUBSUB_CLOUD_EVENTS_SER"),
                ("pubsub/allowed?metadata.partitionNumber=99", "text/plain", 500, "ERR_PUBSUB_PUBLISH_MESSAGE"),
            ]
            for (path, type, status, code) in cases {
                let answer = await bench.send("POST", "/v1.0/publish/\(path)", "[1]", ["Content-Type": type])
                #expect(answer.status == status, "\(path)")
                #expect(answer.json["errorCode"] == .string(code), "\(path)")
                #expect(answer.json["message"]?.string?.isEmpty == false)
                #expect(answer.json["details"]?.array?.first?["reason"]?.string?.hasPrefix("DAPR_") == true)
            }
        }
        #expect(broker.records(in: "allowed").isEmpty)
        try await Bench.with(on: FakeCluster(broker: broker), { $0.pubSubs = [] }, isAppUp: false) { bench in
            let answer = await bench.send("POST", "/v1.0/publish/pubsub/allowed", "x")
            #expect(answer.status == 400)
            #expect(answer.json["errorCode"] == "ERR_PUBSUB_NOT_CONFIGURED")
        }
    }

    @Test func `a failed publish may have been written`() async throws {
        let broker = broker
        try await Bench.with(on: FakeCluster(broker: broker), isAppUp: false) { bench in
            bench.sidecar.faults.publishRefused = .next(1)
            bench.sidecar.faults.publishAnswerLost = .next(1)
            var answers: [Int] = []
            for text in ["refused", "lost", "fine"] {
                let answer = await bench.send("POST", "/v1.0/publish/pubsub/t", text)
                answers.append(answer.status)
                if answer.status != 204 { #expect(answer.json["errorCode"] == "ERR_PUBSUB_PUBLISH_MESSAGE") }
            }
            #expect(answers == [500, 500, 204])
        }
        let written = try broker.records(in: "t").map { try JSONValue.parse($0.value)["data"]?.string ?? "" }
        #expect(Set(written) == ["lost", "fine"])
    }
}
