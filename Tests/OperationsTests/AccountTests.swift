import CivilTime
import ErrandCore
import TestSupport
import Testing

/// The account and what is in it beside tasks.
@Suite struct AccountTests {
    @Test func `tags are renamed, become one and are taken off`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "A", "tags": ["Work", "x"]])
            try await stage.call("tasks.create", ["title": "B", "tags": ["Job"]])
            let renamed = try await stage.call("tags.rename", ["tag": "work", "name": "job"])
            #expect(renamed.json?["count"] == 2)
            #expect(renamed.sentence == "The tag is job now, on 2 tasks.")
            let removed = try await stage.call("tags.remove", ["tag": "X"])
            #expect(removed.json == nil && removed.undoToken != nil)
            #expect(try await stage.call("tags.list").sentence == "1 tag.")
            #expect(try await stage.error(of: "tags.remove", ["tag": "x"]) == .notFound(.tag))
            #expect(try await stage.error(of: "tags.rename", ["tag": "a,b", "name": "c"]) == .notFound(.tag))
            #expect(try await stage.fields(of: "tags.rename", ["tag": "job", "name": ""]) == ["/name too_short"])
            #expect(try await stage.error(of: "tags.remove", ["tag": "job"], as: stage.ben) == .notFound(.tag))
            try await stage.call("undo", ["token": JSONValue(text: removed.undoToken)])
            #expect(try await stage.json("tasks.read", ["task_id": 1])["tags"] == ["job", "x"])
        }
    }

    @Test func `a line of words becomes a task`() async throws {
        try await Stage.with(zone: "Europe/Paris") { stage in
            let added = try await stage.call(
                "tasks.quick-add", ["text": "Pay rent every month on the 1st at 9am #home p1"])
            let task = added.json?["task"]
            #expect(added.isNew)
            #expect(added.sentence == "Added 1: Pay rent · 2026-02-01 09:00.")
            #expect(task?["tags"] == ["home"])
            #expect(task?["priority"] == "urgent")
            #expect(task?["recurring"] == "monthly")
            #expect(try await stage.fields(of: "tasks.quick-add", ["text": "tomorrow"]) == ["/text too_short"])
            #expect(
                try await stage.fields(of: "tasks.quick-add", ["dry_run": 1, "locale": "xx"])
                    == ["/text required", "/dry_run wrong_type", "/locale invalid_value"]
            )
        }
    }

    @Test func `a locale of the account comes before language and order of dates, until a request names one`()
        async throws
    {
        try await Stage.with { stage in
            func due(_ text: String, _ locale: JSONValue? = nil) async throws -> JSONValue? {
                var line: JSONObject = ["text": .string(text), "dry_run": true]
                line["locale"] = locale
                return try await stage.json("tasks.quick-add", .object(line))["parsed"]?["due"]?["date"]
            }
            #expect(try await stage.json("me.read")["locale"] == .null, "each device decides")
            #expect(try await due("Tee morgen") == nil, "English is spoken here")
            #expect(try await stage.json("me.update", ["locale": "de-AT"])["locale"] == "de-AT")
            #expect(try await stage.json("me.read")["language"] == "en", "which stays what it was")
            #expect(try await due("Tee morgen") == "2026-01-16")
            #expect(try await due("Tea tomorrow", "en") == "2026-01-16", "the request decides")
            #expect(try await due("Tea 3/4", "en-US") == "2026-03-04")
            let list = try await stage.json("tasks.create", ["title": "A", "recurrence": ["text": "jeden freitag"]])
            #expect(list["recurrence"]?["rrule"] == "FREQ=WEEKLY;BYDAY=FR", "other words are read alike")
            try await stage.call("me.update", ["locale": "en-US"])
            #expect(try await due("Tea 3/4") == "2026-03-04")
            #expect(try await stage.json("me.update", ["locale": .null])["locale"] == .null)
            #expect(try await due("Tea 3/4") == "2026-04-03", "as date_order says")
            for bad: JSONValue in ["fr", "en-", "", "en_US", "e", "en-toolongtag"] {
                #expect(try await stage.fields(of: "me.update", ["locale": bad]) == ["/locale invalid_value"])
            }
            #expect(try await stage.fields(of: "me.update", ["locale": 1]) == ["/locale wrong_type"])
        }
    }

    @Test func `settings are changed, and what follows them moves`() async throws {
        try await Stage.with { stage in
            try await stage.call("tasks.create", ["title": "A", "due_date": "2026-01-20"])
            #expect(try await stage.json("tasks.read", ["task_id": 1])["due_date"] == "2026-01-20T00:00:00Z")
            let me = try await stage.json("me.update", ["time_zone": "Europe/Paris", "name": "Ana B."])
            #expect(me["time_zone"] == "Europe/Paris")
            #expect(try await stage.json("me.read") == me)
            let moved = try await stage.json("tasks.read", ["task_id": 1])
            #expect(moved["due_date"] == "2026-01-19T23:00:00Z")
            #expect(moved["version"] == 1, "what was entered has not changed")
            #expect(
                try await stage.fields(
                    of: "me.update", ["time_zone": "Mars", "quiet_hours": ["from": "22:00"], "age": 5])
                    == ["/time_zone invalid_value", "/quiet_hours/to required", "/age unknown"]
            )
        }
    }

    @Test func `accounts and sessions are opened and ended without a principal`() async throws {
        try await Stage.with { stage in
            let accounts = Accounts(operations: stage.operations)
            let form = try SignUpForm(["email": "eva@example.org", "password": "a quiet walk in the woods"])
            let signedIn = try await accounts.signUp(form, passwordHash: "hash")
            await #expect(throws: ErrandError.conflict(.emailTaken)) {
                try await accounts.signUp(form, passwordHash: "hash")
            }
            #expect(try await accounts.credentials(email: "EVA@example.org")?.passwordHash == "hash")
            let second = try await accounts.startSession(for: signedIn.user, newPasswordHash: nil)
            let principal = Principal(
                userID: signedIn.user.id, actor: .session(second.session.id), scopes: Set(Scope.allCases)
            )
            let ended = try await stage.operations.perform(ChangePassword(passwordHash: "new"), as: principal).outcome
            #expect(ended == [signedIn.session.id], "the one that changed it goes on")
            #expect(try await accounts.passwordHash(of: signedIn.user.id) == "new")
            guard case .refused = try await accounts.renew(signedIn.session.id, generation: 1) else {
                Issue.record("a session that has ended was renewed")
                return
            }
            let token = Principal(
                userID: signedIn.user.id, actor: .personalToken(.make()), scopes: Set(Scope.allCases)
            )
            await #expect(throws: ErrandError.insufficientScope(.manageCredentials)) {
                try await stage.operations.perform(ChangePassword(passwordHash: "other"), as: token)
            }
            #expect(try await accounts.endSession(second.session.id, everywhere: false) == [second.session.id])
            #expect(try await accounts.endSession(second.session.id, everywhere: false) == [])
        }
    }

    @Test func `conversations are their user's, page by page`() async throws {
        try await Stage.with { stage in
            let store = StoreConversations(environment: stage.operations.environment)
            var ids: [String] = []
            for text in ["One", "Two", "Three"] {
                stage.clock.advance(by: .seconds(1))
                let append = try ConversationAppend.make(of: stage.ana.id, text, at: stage.clock.now())
                ids.append(try await store.append(append).id.description)
            }
            let page = try await stage.json("conversations.list", ["limit": 2])
            #expect(page["items"]?.array?.map { $0["title"] } == ["Three", "Two"])
            let rest = try await stage.json(
                "conversations.list", ["limit": 2, "cursor": page["next_cursor"] ?? .null]
            )
            #expect(rest["items"]?.array?.map { $0["title"] } == ["One"])
            let one: JSONValue = ["conversation_id": .string(ids[0])]
            #expect(try await stage.call("conversations.read", one).sentence == "2 turns.")
            for name in ["conversations.read", "conversations.delete"] {
                #expect(try await stage.error(of: name, one, as: stage.ben) == .notFound(.conversation))
            }
            #expect(try await stage.call("conversations.delete", one).json == nil)
            try await stage.call("conversations.delete", one)
            #expect(try await stage.error(of: "conversations.read", one) == .notFound(.conversation))
            #expect(try await stage.error(of: "conversations.list", ["cursor": "x"]) == .invalidCursor)
        }
    }

    @Test func `tokens and the inbox are listed, read and emptied`() async throws {
        try await Stage.with { stage in
            let form = try TokenForm(["name": "backup", "scopes": ["tasks:read"]])
            let create = CreateToken(form, hash: Array(repeating: 1, count: 32))
            let token = try await stage.operations.perform(create, as: stage.principal()).outcome
            #expect(try await stage.call("tokens.list").sentence == "1 token.")
            let id: JSONValue = ["token_id": .string(token.id.description)]
            #expect(try await stage.error(of: "tokens.delete", id, as: stage.ben) == .notFound(.token))
            #expect(try await stage.call("tokens.delete", id).json == nil)
            #expect(try await stage.error(of: "tokens.delete", id) == .notFound(.token))
            #expect(try await stage.call("notifications.list").sentence == "No notifications, 0 unread.")
            #expect(try await stage.json("notifications.read-all") == ["marked": 0])
            for name in ["notifications.read", "notifications.delete"] {
                #expect(try await stage.error(of: name, ["notification_id": "x"]) == .notFound(.notification))
            }
            #expect(try await stage.fields(of: "notifications.list", ["status": "new"]) == ["/status invalid_value"])
            #expect(try await stage.fields(of: "audit.list", ["action": "x", "task_id": "1"]).count == 2)
            #expect(try await stage.call("audit.list").sentence == "No entries.")
        }
    }
}
