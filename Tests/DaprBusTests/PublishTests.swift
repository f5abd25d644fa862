import CivilTime
import DaprBus
import ErrandCore
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PublishTests {
    @Test func `a bulk carries whole CloudEvents, each with its key and only there`() async throws {
        try await DaprStore.with { store in
            let correlation = Correlation(
                requestID: "r-1", traceparent: "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
            )
            let event = store.event(correlation: correlation)
            try await StubSidecar.with { stub in
                try await store.bus(try stub.configuration(apiToken: "s3cret\n")).publish([event])
                let calls = stub.calls.sorted { $0.target < $1.target }
                #expect(
                    calls.map(\.line) == [
                        "POST /v1.0/publish/bulk/pubsub/task-events", "POST /v1.0/publish/bulk/pubsub/task-updates",
                    ]
                )
                #expect(calls.allSatisfy { $0.headers["dapr-api-token"] == "s3cret" })
                #expect(calls.allSatisfy { $0.headers["content-type"] == "application/json" })
                let entry = try #require(calls.first?.json.array?.first)
                #expect(entry["entryId"]?.string == event.event.id.description)
                #expect(entry["contentType"]?.string == "application/cloudevents+json")
                #expect(entry["metadata"] == ["partitionKey": .string(event.event.subject.id.description)])
                #expect(entry["event"]?["partitionkey"]?.string == event.event.subject.id.description)
                // The sidecar writes over one of them where the other is missing.
                #expect(entry["event"]?["traceid"]?.string == correlation.traceparent)
                let read = try Event(cloudEvent: try #require(entry["event"]))
                #expect(read == event.event)
                let update = try #require(calls.last?.json.array?.first)
                #expect(update["metadata"]?["partitionKey"]?.string == store.user.id.description)
                #expect(try StoredEvent(update: try #require(update["event"])).changeNumber == event.changeNumber)
            }
        }
    }

    @Test func `events of many tasks are one request, those of one task one after the other`() async throws {
        try await DaprStore.with { store in
            let (first, second) = (TaskID.make(), TaskID.make())
            let events = [
                store.event(1, task: first), store.event(2, task: second), store.event(3, task: first),
                store.event(4, task: first), store.event(5, task: second),
            ]
            try await StubSidecar.with { stub in
                try await store.bus(try stub.configuration()).publish(events)
                let portions = stub.calls.filter { $0.target.hasSuffix("task-events") }.map(\.entryIDs)
                let ids = events.map(\.event.id.description)
                #expect(portions == [[ids[0], ids[1]], [ids[2], ids[4]], [ids[3]]])
                let updates = stub.calls.filter { $0.target.hasSuffix("task-updates") }.map(\.entryIDs.count)
                #expect(updates == [5], "they carry their order, and an import must not hold up everybody's windows")
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `whatever fails in part, first appearances are in order and none is missing`(seed: UInt64) async throws {
        try await DaprStore.with { store in
            var random = SeededGenerator(seed: seed)
            let tasks = (0..<5).map { _ in TaskID.make() }
            let events = (1...60).map { number in
                store.event(number, task: tasks[Int.random(in: 0..<5, using: &random)])
            }
            let broker = FlakyBroker(seed: seed)
            try await StubSidecar.with(answer: broker.answer) { stub in
                let bus = store.bus(try stub.configuration())
                // The relay comes again until all is taken over.
                var rounds = 0
                while rounds < 200 {
                    rounds += 1
                    do throws(ErrandError) {
                        try await bus.publish(events)
                        break
                    } catch {
                        #expect(error == .unavailable)
                    }
                }
                #expect(rounds < 200)
                for task in tasks {
                    let sent = events.filter { $0.event.subject.taskID == task }.map(\.event.id.description)
                    let isOrdered = broker.firstAppearances(of: task.description, on: "task-events") == sent
                    #expect(isOrdered)
                }
                // Updates may come late after a failure, and then once more: what came last is in order.
                let updates = events.flatMap(EventMessage.all).filter { $0.topic == .taskUpdates }.map(\.id.description)
                let isOrdered = broker.lastAppearances(of: store.user.id.description, on: "task-updates") == updates
                #expect(isOrdered)
            }
        }
    }

    @Test func `a part that keeps failing leaves the batch with the relay`() async throws {
        try await DaprStore.with { store in
            let event = store.event()
            let id = event.event.id.description
            try await StubSidecar.with(answer: { call in
                guard call.target.hasSuffix("task-events") else { return .done }
                return StubSidecar.Answer(status: 500, body: #"{"failedEntries":[{"entryId":"\#(id)","error":"no"}]}"#)
            }) { stub in
                let bus = store.bus(try stub.configuration())
                await #expect(throws: ErrandError.unavailable) { try await bus.publish([event]) }
                #expect(stub.calls.filter { $0.target.hasSuffix("task-events") }.count == 3)
            }
        }
    }

    @Test(arguments: [400, 403, 404, 500, 503])
    func `whatever else it answers, the events stay with the relay`(status: Int) async throws {
        try await DaprStore.with { store in
            let events = [store.event()]
            try await StubSidecar.with(answer: { _ in .failure(status, "ERR_PUBSUB_NOT_FOUND") }) { stub in
                let bus = store.bus(try stub.configuration())
                await #expect(throws: ErrandError.unavailable) { try await bus.publish(events) }
                #expect(!stub.calls.contains { !$0.target.contains("/bulk/") })
            }
        }
    }

    @Test func `a wrong setting is an error in the log, once a minute`() async throws {
        try await DaprStore.with { store in
            let (lines, events) = (LogLines(), [store.event(type: "reminder.trigger")])
            try await StubSidecar.with(answer: { _ in .failure(403, "ERR_PUBSUB_FORBIDDEN") }) { stub in
                let bus = store.bus(try stub.configuration(apiToken: "s3cret"), logger: lines.logger)
                for pause in [Duration.seconds(10), .seconds(10), .minutes(1)] {
                    await #expect(throws: ErrandError.unavailable) { try await bus.publish(events) }
                    store.clock.advance(by: pause)
                }
                #expect(lines.all.count == 1)
                await #expect(throws: ErrandError.unavailable) { try await bus.publish(events) }
                #expect(lines.all.count == 2)
                #expect(lines.all.allSatisfy { $0.hasPrefix("error ") && $0.contains("403 ERR_PUBSUB_FORBIDDEN") })
                #expect(!lines.all.contains { $0.contains("s3cret") })
            }
        }
    }

    @Test func `a sidecar that knows no bulks gets events one by one`() async throws {
        try await DaprStore.with { store in
            let task = TaskID.make()
            let events = [store.event(1, task: task), store.event(2, task: task)]
            try await StubSidecar.with(answer: { call in
                call.target.contains("/bulk/") ? StubSidecar.Answer(status: 404, body: "404 page not found") : .done
            }) { stub in
                let bus = store.bus(try stub.configuration())
                try await bus.publish(events)
                let singles = stub.calls.filter { $0.target.hasPrefix("/v1.0/publish/pubsub/task-events") }
                #expect(singles.map(\.json["id"]) == events.map { .string($0.event.id.description) })
                #expect(singles.allSatisfy { $0.target.hasSuffix("?metadata.partitionKey=\(task)") })
                #expect(singles.allSatisfy { $0.headers["content-type"] == "application/cloudevents+json" })
                let bulks = stub.calls.count { $0.target.contains("/bulk/") }
                try await bus.publish(events)
                #expect(stub.calls.count { $0.target.contains("/bulk/") } == bulks, "it is not asked again for a while")
                store.clock.advance(by: .minutes(2))
                try await bus.publish(events)
                #expect(stub.calls.count { $0.target.contains("/bulk/") } > bulks)
            }
        }
    }

    @Test func `silence and a closed port are no answer`() async throws {
        try await DaprStore.with { store in
            let events = [store.event()]
            let closed = Mutex<SidecarConfiguration?>(nil)
            let isOver = Mutex(false)
            try await StubSidecar.with(answer: { _ in
                while !isOver.withLock(\.self) { try? await Task.sleep(for: .milliseconds(20)) }
                return .done
            }) { stub in
                // Without an end to the waiting, the test would come to its own.
                defer { isOver.withLock { $0 = true } }
                let configuration = try stub.configuration(publishTimeout: .milliseconds(300))
                closed.withLock { $0 = configuration }
                let bus = store.bus(configuration)
                await #expect(throws: ErrandError.unavailable) { try await bus.publish(events) }
            }
            let bus = store.bus(try #require(closed.withLock { $0 }))
            await #expect(throws: ErrandError.unavailable) { try await bus.publish(events) }
        }
    }

    @Test func `what is too large for one request goes out in several`() async throws {
        try await DaprStore.with { store in
            let title = String(repeating: "x", count: 900_000)
            let events = (1...5).map { store.event($0, title: title) }
            try await StubSidecar.with { stub in
                try await store.bus(try stub.configuration()).publish(events)
                for topic in ["task-events", "task-updates"] {
                    let portions = stub.calls.filter { $0.target.hasSuffix(topic) }
                    #expect(portions.map(\.entryIDs.count) == [2, 2, 1])
                }
            }
        }
    }

    @Test func `data that is not JSON goes out as text, or it would hold up all others`() async throws {
        try await DaprStore.with { store in
            let whole = store.event()
            let broken = StoredEvent(
                sequence: 2, changeNumber: 2, event: .make(user: store.user.id, data: #"{"half": "#)
            )
            try await StubSidecar.with { stub in
                try await store.bus(try stub.configuration()).publish([whole, broken])
                let call = try #require(stub.calls.first { $0.target.hasSuffix("task-events") })
                #expect(call.entryIDs == [whole, broken].map(\.event.id.description))
                #expect(call.json.array?.last?["event"]?["data"] == .string(#"{"half": "#))
            }
        }
    }
}

extension StubSidecar.Call {
    fileprivate var entryIDs: [String] { (json.array ?? []).compactMap { $0["entryId"]?.string } }
}

/// Writes some events of a bulk and others not, and sometimes loses its own answer.
private final class FlakyBroker: Sendable {
    private struct State {
        var random: SeededGenerator
        var written: [(topic: String, key: String, id: String)] = []
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    func answer(_ call: StubSidecar.Call) -> StubSidecar.Answer {
        let topic = String(call.target.split(separator: "/").last ?? "")
        return state.withLock { state in
            var failed: [JSONValue] = []
            for entry in call.json.array ?? [] {
                guard let id = entry["entryId"]?.string, let key = entry["metadata"]?["partitionKey"]?.string else {
                    continue
                }
                if Int.random(in: 0..<60, using: &state.random) == 0 {
                    failed.append(["entryId": .string(id), "error": "The partition has no leader."])
                } else {
                    state.written.append((topic, key, id))
                }
            }
            if Int.random(in: 0..<40, using: &state.random) == 0 { return .failure(500, "ERR_PUBSUB_PUBLISH_MESSAGE") }
            if failed.isEmpty { return .done }
            let body: JSONValue = ["failedEntries": .array(failed), "errorCode": "ERR_PUBSUB_PUBLISH_MESSAGE"]
            return StubSidecar.Answer(status: 500, body: body.text)
        }
    }

    func firstAppearances(of key: String, on topic: String) -> [String] {
        var seen: Set<String> = []
        return ids(key, topic).filter { seen.insert($0).inserted }
    }

    func lastAppearances(of key: String, on topic: String) -> [String] {
        var seen: Set<String> = []
        return ids(key, topic).reversed().filter { seen.insert($0).inserted }.reversed()
    }

    private func ids(_ key: String, _ topic: String) -> [String] {
        state.withLock { $0.written }.filter { $0.topic == topic && $0.key == key }.map(\.id)
    }
}
