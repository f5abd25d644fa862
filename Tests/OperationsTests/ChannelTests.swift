import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct ChannelTests {
    private static let subscription: JSONValue = [
        "endpoint": "https://push.example/send/abc", "expirationTime": .null,
        "keys": [
            "p256dh":
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        ],
    ]

    @Test func `a channel is added, shown without its secrets, renamed, turned off and removed`() async throws {
        try await Stage.with { stage in
            let made = try await stage.call("channels.add", ["kind": "webhook", "url": "https://example.org/hook"])
            #expect(made.isNew && made.json?["status"] == "active")
            let secret = try #require(made.json?["secret"]?.string)
            #expect(secret.hasPrefix("whsec_") && secret.utf8.count == 38)
            let list = try await stage.json("channels.list")
            #expect(list["items"]?.array?.count == 1)
            #expect(!list.text.contains(secret))
            let again = try await stage.call("channels.add", ["kind": "webhook", "url": "https://example.org/hook"])
            #expect(!again.isNew && again.json?["id"] == made.json?["id"] && again.json?["secret"] == nil)
            let id = try #require(made.json?["id"])
            let edit: JSONValue = .object(["channel_id": id, "name": "Mine", "enabled": false])
            #expect(try await stage.json("channels.edit", edit)["status"] == "disabled")
            #expect(try await stage.error(of: "channels.test", .object(["channel_id": id])) == .conflict(.channelOff))
            #expect(try await stage.error(of: "channels.edit", edit, as: stage.ben) == .notFound(.channel))
            #expect(
                try await stage.error(of: "channels.remove", .object(["channel_id": id]), as: stage.ben)
                    == .notFound(.channel))
            try await stage.call("channels.remove", .object(["channel_id": id]))
            #expect(try await stage.json("channels.list")["items"] == [])
        }
    }

    @Test func `a webhook gets another secret, and keeps the one before for a day and no other`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json("channels.add", ["kind": "webhook", "url": "https://example.org/hook"])
            let channel: JSONValue = .object(["channel_id": try #require(made["id"])])
            let kept = ChannelTests.destination(try #require(made["id"]?.string), stage)
            var secrets = [try #require(made["secret"]?.string)]
            for _ in 0..<2 {
                let rotated = try await stage.json("channels.rotate-secret", channel)
                secrets.append(try #require(rotated["secret"]?.string))
                let end = rotated["configuration"]?["previous_secret_until"]?.string
                #expect(end == (stage.clock.now() + .hours(24)).description)
                let configuration = try await kept().configuration
                #expect(configuration["secret"]?.string == secrets.last)
                #expect(configuration["previous_secret"]?.string == secrets.dropLast().last)
                stage.clock.advance(by: .hours(1))
            }
            #expect(Set(secrets).count == 3)
            #expect(try await !kept().configuration.members.contains { $0.value.string == secrets[0] }, "two at most")
            let list = try await stage.json("channels.list").text
            #expect(!secrets.contains { list.contains($0) })
            // Added again, it is as it was.
            let again = try await stage.call("channels.add", ["kind": "webhook", "url": "https://example.org/hook"])
            #expect(again.json?["secret"] == nil)
            #expect(try await kept().configuration["secret"]?.string == secrets[2])
            #expect(
                try await stage.error(of: "channels.rotate-secret", channel, as: stage.ben) == .notFound(.channel))
            let topic = try await stage.json("channels.add", ["kind": "ntfy", "topic": "mine"])
            let other: JSONValue = .object(["channel_id": try #require(topic["id"])])
            #expect(try await stage.error(of: "channels.rotate-secret", other) == .conflict(.notAWebhook))
        }
    }

    /// As it is kept.
    private static func destination(_ id: String, _ stage: Stage) -> () async throws -> ChannelDestination {
        let (ana, store) = (stage.ana.id, stage.operations.environment.store)
        return {
            let id = try #require(DestinationID(id))
            let found = try await store.read { (transaction) throws(ErrandError) in
                try transaction.destinations.find(id, of: ana)
            }
            return try #require(found)
        }
    }

    private static let addresses = [
        "http://example.org/", "https://u:p@example.org/", "https://example.org/#x", "ftp://example.org", "https://",
        "javascript:alert(1)", "https://exa mple.org", "https://example.org:99999/",
        "https://\(String(repeating: "a", count: 3000)).org/",
    ]

    private static let broken: [(arguments: JSONValue, fields: [String])] =
        [
            ([:], ["/kind required"]),
            (["kind": "fax", "number": "1"], ["/kind invalid_value"]), (["kind": "in_app"], ["/kind invalid_value"]),
            (["kind": "webhook", "x": 1], ["/url required", "/x unknown"]),
            (["kind": "email", "address": "a@b\r\nBcc: c@d"], ["/address invalid_value"]),
            (["kind": "ntfy", "topic": "a/b"], ["/topic invalid_value"]),
        ] + addresses.map { (["kind": "webhook", "url": .string($0)], ["/url invalid_value"]) }

    @Test func `bad input is named, field by field`() async throws {
        try await Stage.with { stage in
            for (arguments, expected) in ChannelTests.broken {
                let found = try await stage.fields(of: "channels.add", arguments)
                #expect(found == expected, "\(arguments.text.prefix(100))")
            }
            let subscription: JSONValue = [
                "endpoint": "https://push.example/x", "keys": ["p256dh": "AAAA", "auth": "!", "z": 1],
            ]
            #expect(
                try await stage.fields(of: "push.subscribe", subscription)
                    == ["/keys/p256dh invalid_value", "/keys/auth invalid_value", "/keys/z unknown"])
        }
    }

    @Test func `there is a limit to each kind`() async throws {
        try await Stage.with { stage in
            for index in 0..<Limits.destinationsPerUserMax {
                try await stage.call("channels.add", ["kind": "ntfy", "topic": .string("t\(index)")])
            }
            #expect(try await stage.fields(of: "channels.add", ["kind": "ntfy", "topic": "more"]) == [" too_many"])
            try await stage.call("channels.add", ["kind": "email", "address": "a@example.org"])
        }
    }

    @Test func `a browser is whoever's session it has, and goes by its endpoint`() async throws {
        try await Stage.with { stage in
            let first = try await stage.call("push.subscribe", ChannelTests.subscription)
            #expect(first.isNew && first.json?["configuration"] == ["host": "push.example"])
            #expect(try await !stage.call("push.subscribe", ChannelTests.subscription).isNew)
            let endpoint: JSONValue = ["endpoint": "https://push.example/send/abc"]
            #expect(
                try await stage.error(of: "push.unsubscribe", endpoint, as: stage.ben) == .notFound(.channel))
            #expect(try await stage.call("push.subscribe", ChannelTests.subscription, as: stage.ben).isNew)
            #expect(try await stage.json("channels.list")["items"] == [], "it is ben's now")
            try await stage.call("push.unsubscribe", endpoint, as: stage.ben)
            #expect(try await stage.json("channels.list", as: stage.ben)["items"] == [])
        }
    }

    @Test func `a test goes to its channel alone, and says what became of it`() async throws {
        try await Stage.with { stage in
            let made = try await stage.json("channels.add", ["kind": "ntfy", "topic": "mine"])
            try await stage.call("channels.add", ["kind": "ntfy", "topic": "other"])
            let id = try #require(made["id"])
            let test = try await stage.json("channels.test", .object(["channel_id": id]))
            #expect(try await stage.json("notifications.list")["items"] == [], "not in the inbox")
            let notification = try #require(test["notification_id"])
            let answer = try await stage.json("notifications.deliveries", .object(["notification_id": notification]))
            let items = try #require(answer["items"]?.array)
            #expect(items.map { $0["channel"] } == ["in_app", "ntfy"])
            #expect(items.map { $0["state"] } == ["skipped", "pending"])
            #expect(items[1]["channel_id"] == id && items[1]["explanation"] == "It is about to be sent.")
            let foreign: JSONValue = .object(["notification_id": notification])
            #expect(
                try await stage.error(of: "notifications.deliveries", foreign, as: stage.ben)
                    == .notFound(.notification))
        }
    }

    @Test func `a user decides what comes over which channels`() async throws {
        try await Stage.with { stage in
            let before = try await stage.json("me.read")
            #expect(before["notifications"]?["security"] == ["in_app", "email"])
            let after = try await stage.json(
                "me.update", ["notifications": ["reminder": ["ntfy"]], "digest_at": "07:30"])
            #expect(after["notifications"]?["reminder"] == ["ntfy"])
            #expect(after["notifications"]?["digest"] == before["notifications"]?["digest"])
            #expect(after["digest_at"] == "07:30")
            #expect(
                try await stage.fields(
                    of: "me.update",
                    ["notifications": ["security": ["email"], "task_event": ["email"], "reminder": ["fax"], "x": []]])
                    == [
                        "/notifications/reminder invalid_value", "/notifications/security invalid_value",
                        "/notifications/task_event invalid_value", "/notifications/x unknown",
                    ])
        }
    }

    @Test func `the digest comes once a day, at its time, with what is overdue and due today`() async throws {
        try await Stage.with(zone: "Europe/Paris") { stage in
            // It is 11:00 in Paris.
            try await stage.call("me.update", ["digest_at": "07:30"])
            let clock = DigestClock(environment: stage.operations.environment)
            #expect(try await clock.runOnce().next == Instant("2026-01-16T06:30:00Z"))
            func add(_ title: String, _ date: String) async throws {
                try await stage.call(
                    "tasks.create", ["title": .string(title), "due": ["kind": "date", "date": .string(date)]])
            }
            try await add("Late", "2026-01-14")
            try await add("Today", "2026-01-16")
            try await add("Later", "2026-01-20")
            stage.clock.set(try #require(Instant("2026-01-16T06:30:00Z")))
            let report = try await clock.runOnce()
            #expect(report.told == 1 && report.next == Instant("2026-01-17T06:30:00Z"))
            #expect(try await clock.runOnce().told == 0)
            let item = try #require(try await stage.json("notifications.list")["items"]?.array?.first)
            #expect(item["kind"] == "digest" && item["title"] == "Your day: 1 overdue, 1 due today")
            #expect(item["body"] == "#1 Late\n#2 Today")
            try await stage.call("me.update", ["digest_at": .null])
            #expect(try await clock.runOnce().next == nil)
        }
    }
}
