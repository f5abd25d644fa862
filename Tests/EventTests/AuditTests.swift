import AuditService
import CivilTime
import Crypto
import ErrandCore
import EventDelivery
import TestSupport
import Testing

@Suite struct AuditTests {
    private static let chain = AuditChain { bytes in Array(SHA256.hash(data: bytes)) }

    private func entries(_ store: EventStore) async throws -> [SealedAuditEntry] {
        let user = store.user.id
        return try await store.read { (transaction) throws(ErrandError) in
            try transaction.audit.records(in: user.personalSpace, after: 0, limit: 1_000).compactMap(\.entry)
        }
    }

    private func verification(_ entries: [SealedAuditEntry]) -> AuditVerification {
        entries.reduce(into: AuditVerification(chain: Self.chain)) { $0.check($1) }
    }

    @Test func `every event becomes an entry that says who, what, before and after`() async throws {
        try await EventStore.with { store in
            let task = try await store.add("Milk")
            try await store.perform(EditTask(TaskTarget(.id(task.id)), try TaskEdit(["title": "Oat milk"])))
            try await store.perform(CompleteTask(TaskTarget(.id(task.id))))
            try await store.deliver(to: AuditConsumer())
            let entries = try await entries(store).map(\.entry)
            #expect(entries.map(\.action) == ["task.created", "task.updated", "task.completed"])
            #expect(entries.map(\.sequence) == [1, 2, 3])
            #expect(entries.allSatisfy { $0.actor == ["kind": "user"] && $0.subject == .task(task.id) })
            #expect(entries[0].before == .null)
            #expect(entries[0].after["title"] == "Milk")
            #expect(entries[1].before == ["title": "Milk"])
            #expect(entries[1].after == ["title": "Oat milk"])
            #expect(entries[2].before == ["completed_at": .null])
            let events = try await store.events().map(\.event.id)
            #expect(entries.map(\.eventID) == events)
        }
    }

    @Test func `a log verifies, and every way to tamper with it is found`() async throws {
        try await EventStore.with { store in
            for number in 1...6 { try await store.add("Task \(number) \"🎉\"") }
            try await store.deliver(to: AuditConsumer())
            let good = try await entries(store)
            #expect(verification(good).isGood)
            #expect(verification(good).head == good.last?.hash)
            var missing = good
            missing.remove(at: 2)
            #expect(verification(missing).firstBad == 3)
            var swapped = good
            swapped.swapAt(1, 2)
            #expect(verification(swapped).firstBad == 2)
            for index in good.indices {
                guard case .object(var json) = good[index].json else { continue }
                for name in ["at", "action", "after", "actor", "prev_hash", "hash", "task_id", "event_id", "seq"] {
                    let kept = json[name]
                    json[name] = name == "seq" ? 99 : name == "at" ? "2020-01-01T00:00:00Z" : changed(kept)
                    if let entry = SealedAuditEntry(.object(json)) {
                        var tampered = good
                        tampered[index] = entry
                        #expect(verification(tampered).firstBad == Int64(index + 1), "\(name) of \(index + 1)")
                    }
                    json[name] = kept
                }
            }
        }
    }

    /// Another value of the same kind.
    private func changed(_ value: JSONValue?) -> JSONValue {
        guard let text = value?.string else { return ["changed": true] }
        return .string(String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0"))
    }

    @Test func `an entry that left and came back as JSON still verifies`() async throws {
        try await EventStore.with { store in
            try await store.add("Über \"\\ 🎉")
            try await store.deliver(to: AuditConsumer())
            let entries = try await entries(store)
            let back = try entries.map { SealedAuditEntry(try JSONValue.parse($0.json.text)) }
            #expect(back == entries)
            #expect(verification(back.compactMap { $0 }).checked == 1)
        }
    }

    @Test func `an event of an unknown type is put aside, not passed by`() async throws {
        try await EventStore.with { store in
            try await store.add("Task")
            let event = try #require(try await store.events().first).event
            let task = try event.task()
            let strange = Event.make(
                id: event.id, type: "task.exploded", task: task, user: event.userID,
                data: event.data.replacing("task.created", with: "task.exploded")
            )
            let delivery = InboxDelivery(environment: store.environment, consumer: AuditConsumer())
            #expect(await delivery.deliver(strange) == .deadLetter(reason: "The type is not known."))
            let broken = Event.make(
                id: event.id, type: event.type, task: task, user: event.userID, data: "{\"half\":"
            )
            #expect(await delivery.deliver(broken) == .deadLetter(reason: "The data is not JSON."))
            let foreign = Event.make(id: event.id, type: event.type, user: event.userID, data: event.data)
            #expect(await delivery.deliver(foreign) == .deadLetter(reason: "payload.task_id is another's."))
            #expect(await delivery.deliver(event) == .done, "the good one still goes through")
        }
    }

    @Test func `what a request leads to carries its id and its trace`() async throws {
        try await EventStore.with { store in
            let correlation = Correlation(
                requestID: "r-1", traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            try await store.add("Task", for: correlation)
            let event = try #require(try await store.events().first)
            #expect(event.event.correlation == correlation)
            #expect(event.event.correlation.traceID == "0af7651916cd43dd8448eb211c80319c")
            let reports = try await store.deliver(to: AuditConsumer())
            #expect(reports.flatMap(\.handled).map(\.correlation) == [correlation])
            let envelope = try JSONValue.parse(EventMessage.all(of: event)[0].cloudEvent)
            #expect(envelope["requestid"] == "r-1")
            #expect(envelope["traceparent"]?.string == correlation.traceparent)
        }
    }
}

/// The examples of RFC 8785, and what it says of numbers.
@Suite struct CanonicalJSONTests {
    @Test func `members are sorted by UTF-16 and text is escaped as little as may be`() throws {
        // RFC 8785 §3.2.2 and §3.2.3.
        let sample = """
            {"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
             "string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}
            """
        #expect(
            try JSONValue.parse(sample).canonicalText
                == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
                + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#)
        let keys = ["\u{20AC}", "\r", "\u{FB33}", "1", "\u{1F600}", "\u{80}", "\u{F6}"]
        var object = JSONObject()
        for key in keys { object.append(key, .null) }
        let sorted = ["\\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}"]
        #expect(
            JSONValue.object(object).canonicalText
                == "{" + sorted.map { "\"\($0)\":null" }.joined(separator: ",") + "}")
    }

    /// RFC 8785, appendix B.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
            (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func `numbers are written as ECMAScript does`(_ bits: UInt64, _ text: String) {
        #expect(JSONValue.number(Double(bitPattern: bits)).canonicalText == text)
    }
}
