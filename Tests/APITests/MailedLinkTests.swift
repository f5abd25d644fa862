import CivilTime
import Crypto
import ErrandCore
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// Mails about accounts, and what their links lead to.
@Suite struct MailedLinkTests {
    private static let password: JSONValue = "a quiet walk in the woods"

    /// Sends what waits, and gives back what was sent.
    private func mails(
        _ api: TestAPI, _ outcome: DeliveryOutcome = .delivered(evidence: nil)
    ) async throws -> [OutgoingMail] {
        let sent = Mutex<[OutgoingMail]>([])
        let mailing = Mailing(environment: api.environment) { Array(SHA256.hash(data: $0)) }
        _ = try await mailing.runOnce { mail in
            sent.withLock { $0.append(mail) }
            return outcome
        }
        return sent.withLock { $0 }
    }

    private func token(_ mails: [OutgoingMail]) throws -> JSONValue { .string(try #require(mails.first?.token)) }

    @Test func `an address is verified once, by whoever has the link`() async throws {
        try await TestAPI.with { api in
            let access = try await api.token()
            let sent = try await mails(api)
            #expect(sent.map(\.kind) == [.verifyAddress] && sent.map(\.recipient.text) == ["ana@example.org"])
            #expect(try await api.send(.get, "/api/v1/me", token: access).json["email_verified"] == false)
            let form: JSONValue = ["token": try token(sent)]
            let path = "/account/verify-email?token=\(sent[0].token ?? "")"
            let page = try await api.send(.get, path)
            #expect(page.status == 200 && String(decoding: page.bytes, as: UTF8.self).contains("<form"))
            #expect(try await api.send(.get, "/api/v1/me", token: access).json["email_verified"] == false)
            #expect(try await api.send(.post, "/api/v1/auth/verify-email", json: form).status == 204)
            #expect(try await api.send(.get, "/api/v1/me", token: access).json["email_verified"] == true)
            let again = try await api.send(.post, "/api/v1/auth/verify-email", json: form)
            #expect(again.status == 410 && again.code == "link_expired")
            for bad in ["", "x", String(repeating: "A", count: 42), String(repeating: "A", count: 44)] {
                let answer = try await api.send(.post, "/api/v1/auth/verify-email", json: ["token": .string(bad)])
                #expect(answer.fields == ["/token invalid_value"])
            }
            let unknown: JSONValue = ["token": .string(String(repeating: "A", count: 43))]
            #expect(try await api.send(.post, "/api/v1/auth/verify-email", json: unknown).code == "link_expired")
        }
    }

    @Test func `a forgotten password is replaced within the hour, and all sessions end`() async throws {
        try await TestAPI.with { api in
            let access = try await api.token()
            _ = try await mails(api)
            for email in ["ANA@example.org", "nobody@example.org"] as [JSONValue] {
                let answer = try await api.send(.post, "/api/v1/auth/forgot-password", json: ["email": email])
                #expect(answer.status == 202 && answer.bytes.isEmpty)
            }
            let sent = try await mails(api)
            #expect(sent.map(\.kind) == [.resetPassword], "nobody is told nothing")
            let late = try token(sent)
            api.clock.advance(by: .hours(1))
            let path = "/api/v1/auth/reset-password"
            let refused = try await api.send(
                .post, path, json: ["token": late, "new_password": "two loud walks at sea"])
            #expect(refused.code == "link_expired")
            _ = try await api.send(.post, "/api/v1/auth/forgot-password", json: ["email": "ana@example.org"])
            let good = try token(try await mails(api))
            let short = try await api.send(.post, path, json: ["token": good, "new_password": "short"])
            #expect(short.fields == ["/new_password too_short"])
            let form: JSONValue = ["token": good, "new_password": "two loud walks at sea"]
            #expect(try await api.send(.post, path, json: form).status == 204)
            #expect(try await api.send(.post, path, json: form).code == "link_expired")
            #expect(try await api.send(.get, "/api/v1/me", token: access).status == 401)
            #expect(try await mails(api).map(\.kind) == [.passwordNotice], "whoever has the link reads the mails")
            let old: JSONValue = ["email": "ana@example.org", "password": Self.password]
            #expect(try await api.send(.post, "/api/v1/auth/sign-in", json: old).status == 401)
            let reasons = try await api.events("session.ended").map { $0["payload"]?["reason"]?.string }
            #expect(reasons == ["password_reset"])
        }
    }

    @Test func `mails that fail are tried again, with a link that is good, and not for ever`() async throws {
        try await TestAPI.with { api in
            _ = try await api.token()
            let first = try await mails(api, .retry(after: nil, reason: "Busy."))
            #expect(try await mails(api).isEmpty, "not at once")
            api.clock.advance(by: .minutes(1))
            let second = try await mails(api)
            #expect(first.map(\.id) == second.map(\.id) && first[0].token != second[0].token)
            let form: JSONValue = ["token": try token(second)]
            #expect(try await api.send(.post, "/api/v1/auth/verify-email", json: form).status == 204)
            for _ in 0..<9 {
                _ = try await api.send(.post, "/api/v1/auth/forgot-password", json: ["email": "ana@example.org"])
                _ = try await mails(api)
            }
            _ = try await api.send(.post, "/api/v1/auth/forgot-password", json: ["email": "ana@example.org"])
            #expect(try await mails(api).isEmpty, "nobody's mailbox is filled")
        }
    }

    @Test func `another address is the account's once its reader says so, and the one before is told`() async throws {
        try await TestAPI.with { api in
            let (ana, ben) = (try await api.token(), try await api.token(of: "ben"))
            for mail in try await mails(api) {
                let form: JSONValue = ["token": .string(mail.token ?? "")]
                _ = try await api.send(.post, "/api/v1/auth/verify-email", json: form)
            }
            let form: JSONValue = ["email": "ana@example.net", "current_password": Self.password]
            let wrong: JSONValue = ["email": "ana@example.net", "current_password": "wrong"]
            #expect(
                try await api.send(.put, "/api/v1/me/email", token: ana, json: wrong).fields == [
                    "/current_password invalid_value"
                ])
            #expect(try await api.send(.put, "/api/v1/me/email", token: ana, json: form).status == 202)
            let link = try token(try await mails(api))
            #expect(try await api.send(.get, "/api/v1/me", token: ana).json["email"] == "ana@example.org")
            #expect(try await api.send(.post, "/api/v1/auth/verify-email", json: ["token": link]).status == 204)
            #expect(try await api.send(.get, "/api/v1/me", token: ana).json["email"] == "ana@example.net")
            let told = try await mails(api)
            #expect(told.map(\.kind) == [.addressNotice] && told.map(\.recipient.text) == ["ana@example.org"])
            // An address that another has cannot be taken.
            _ = try await api.send(.put, "/api/v1/me/email", token: ben, json: form)
            let taken = try token(try await mails(api))
            let answer = try await api.send(.post, "/api/v1/auth/verify-email", json: ["token": taken])
            #expect(answer.code == "email_taken")
        }
    }

    @Test func `an account is deleted by its owner alone, and says goodbye`() async throws {
        try await TestAPI.with { api in
            let (access, ben) = (try await api.token(), try await api.signUp("ben"))
            for mail in try await mails(api) {
                let form: JSONValue = ["token": .string(mail.token ?? "")]
                _ = try await api.send(.post, "/api/v1/auth/verify-email", json: form)
            }
            _ = try await api.task(access, ["title": "Secret plan"])
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: access, json: ["name": "script", "scopes": ["tasks:read"]])
            try await api.relay()
            let script = made.json["token"]?.string ?? ""
            #expect(try await api.send(.delete, "/api/v1/me", token: script).code == "session_required")
            api.clock.advance(by: .minutes(11))
            let again = try await api.send(
                .post, "/api/v1/auth/sign-in", json: ["email": "ana@example.org", "password": Self.password])
            #expect(again.status == 200)
            let wrong = try await api.send(
                .delete, "/api/v1/me", token: again.json["access_token"]?.string,
                json: [
                    "current_password": "wrong"
                ])
            #expect(wrong.fields == ["/current_password invalid_value"])
            let gone = try await api.send(.delete, "/api/v1/me", token: again.json["access_token"]?.string)
            #expect(gone.status == 204, "the session is fresh")
            #expect(try await api.send(.get, "/api/v1/tasks", token: script).status == 401)
            #expect(try await mails(api).map(\.kind) == [.farewell])
            #expect(try await api.events("account.deleted").count == 1)
            try await api.relay()
            let housekeeping = Housekeeping(
                environment: api.environment, eventRetention: .days(7), consumersOfLog: ProcessRole.consumers)
            while try await housekeeping.runOnce().erased > 0 {}
            let left = try await api.environment.store.read { (transaction) throws(ErrandError) in
                try transaction.outbox.events(of: nil, after: 0, limit: 1_000).map(\.event)
            }
            #expect(!left.contains { $0.data.contains("Secret plan") })
            let renewed = try await api.send(
                .post, "/api/v1/auth/refresh", json: ["refresh_token": ben["refresh_token"] ?? .null])
            let other = renewed.json["access_token"]?.string ?? ""
            _ = try await api.task(other, ["title": "Life goes on"])
            try await api.relay()
            #expect(try await api.send(.get, "/api/v1/audit/verify", token: other).json["ok"] == true)
            #expect(try await api.signUp()["user"]?["email"] == "ana@example.org", "the address is free")
        }
    }

    @Test func `a session that is not fresh needs the password`() async throws {
        try await TestAPI.with { api in
            let session = try await api.signUp()
            api.clock.advance(by: .minutes(11))
            let renewed = try await api.send(
                .post, "/api/v1/auth/refresh", json: ["refresh_token": session["refresh_token"] ?? .null])
            let access = renewed.json["access_token"]?.string
            let refused = try await api.send(.delete, "/api/v1/me", token: access)
            #expect(refused.fields == ["/current_password required"])
            let gone = try await api.send(
                .delete, "/api/v1/me", token: access, json: ["current_password": Self.password])
            #expect(gone.status == 204)
        }
    }

    @Test func `pages refuse forms of other sites, and say what is wrong`() async throws {
        try await TestAPI.with { api in
            let form = Array("email=ana%40example.org".utf8)
            let type = ["content-type": "application/x-www-form-urlencoded"]
            let path = "/account/forgot-password"
            for (site, status) in [("same-origin", 200), ("cross-site", 403), ("same-site", 403)] {
                let headers = type.merging(["sec-fetch-site": site]) { $1 }
                #expect(try await api.send(.post, path, headers: headers, bytes: form).status == status, "\(site)")
            }
            let own = type.merging(["sec-fetch-site": "same-origin"]) { $1 }
            #expect(try await api.send(.post, path, headers: own, bytes: Array("email=x".utf8)).status == 422)
            let page = try await api.send(.get, "/account/reset-password?token=%22%3E%3Cscript%3E")
            #expect(!String(decoding: page.bytes, as: UTF8.self).contains("<script"))
            #expect(page.header("content-security-policy")?.contains("frame-ancestors 'none'") == true)
            #expect(page.header("referrer-policy") == "same-origin" && page.header("cache-control") == "no-store")
        }
    }
}
