import CivilTime
import Crypto
import ErrandCore
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// Whoever reads an address decides whether reminders may go there.
@Suite struct ChannelVerificationTests {
    private static let channels = "/api/v1/notifications/channels"

    private func add(_ address: String, _ api: TestAPI, _ token: String) async throws -> String {
        let made = try await api.send(
            .post, Self.channels, token: token, json: ["kind": "email", "address": .string(address)])
        #expect(made.status == 201 && made.json["status"] == "unverified")
        return try #require(made.json["id"]?.string)
    }

    private func status(_ id: String, _ api: TestAPI, _ token: String) async throws -> String? {
        let items = try await api.send(.get, Self.channels, token: token).json["items"]?.array ?? []
        return items.first { $0["id"]?.string == id }?["status"]?.string
    }

    /// Presses the button of the page that a link leads to.
    private func confirm(_ secret: String?, _ api: TestAPI, site: String = "same-origin") async throws -> Answer {
        try await api.send(
            .post, "/account/verify-channel",
            headers: ["content-type": "application/x-www-form-urlencoded", "sec-fetch-site": site],
            bytes: Array("token=\(secret ?? "")".utf8))
    }

    /// An account whose own mails have been sent.
    private func token(of name: String = "ana", _ api: TestAPI) async throws -> String {
        let token = try await api.token(of: name)
        _ = try await api.sendMails()
        return token
    }

    @Test func `an address becomes active by the button of its reader, once, and no sooner`() async throws {
        try await TestAPI.with { api in
            let ana = try await token(api)
            _ = try await api.send(.patch, "/api/v1/me", token: ana, json: ["name": "Buy now at http://spam.example"])
            let id = try await add("Work@example.net", api, ana)
            let sent = try await api.sendMails()
            #expect(sent.map(\.kind) == [.verifyChannel] && sent.map(\.recipient.text) == ["Work@example.net"])
            #expect(sent.map(\.name) == [""], "a stranger may read it")
            let page = try await api.send(.get, "/account/verify-channel?token=\(sent[0].token ?? "")")
            #expect(page.status == 200 && String(decoding: page.bytes, as: UTF8.self).contains("<form"))
            #expect(try await status(id, api, ana) == "unverified", "opening it does nothing")
            #expect(try await confirm(sent[0].token, api, site: "cross-site").status == 403)
            let wrong = try await api.send(
                .post, "/api/v1/auth/verify-email", json: ["token": .string(sent[0].token ?? "")])
            #expect(wrong.code == "link_expired", "it is for nothing else")
            #expect(try await confirm(sent[0].token, api).status == 200)
            #expect(try await status(id, api, ana) == "active")
            #expect(try await confirm(sent[0].token, api).status == 410, "once")
            #expect(try await api.send(.get, "/api/v1/me", token: ana).json["email"] == "ana@example.org")
            let changes = try await api.events("channel.changed")
            #expect(changes.map { $0["payload"]?["changes"]?["status"]?["to"] } == ["active"])
            let again = try await api.send(.post, "\(Self.channels)/\(id)/verify", token: ana)
            #expect(again.status == 409 && again.code == "nothing_to_verify")
        }
    }

    @Test func `a link is sent again, is good for a day, and either works`() async throws {
        try await TestAPI.with { api in
            let ana = try await token(api)
            let id = try await add("a@example.net", api, ana)
            let late = try await api.sendMails().first?.token
            api.clock.advance(by: .hours(24))
            #expect(try await confirm(late, api).status == 410)
            let renewed = try await api.send(
                .post, "/api/v1/auth/sign-in",
                json: ["email": "ana@example.org", "password": "a quiet walk in the woods"])
            let again = renewed.json["access_token"]?.string ?? ""
            var links: [String?] = []
            for _ in 0..<2 {
                let answer = try await api.send(.post, "\(Self.channels)/\(id)/verify", token: again)
                #expect(answer.status == 202 && answer.json["status"] == "unverified")
                links += try await api.sendMails().map(\.token)
            }
            #expect(Set(links).count == 2)
            #expect(try await confirm(links[0], api).status == 200)
            #expect(try await confirm(links[1], api).status == 410, "it has done what it is for")
        }
    }

    @Test func `a link activates no channel but its own`() async throws {
        try await TestAPI.with { api in
            let (ana, ben) = (try await token(api), try await token(of: "ben", api))
            let hers = try await add("shared@example.net", api, ana)
            let link = try await api.sendMails().first?.token
            let his = try await add("shared@example.net", api, ben)
            _ = try await api.sendMails()
            let removed = try await api.send(.delete, "\(Self.channels)/\(hers)", token: ana)
            #expect(removed.status == 204)
            #expect(try await confirm(link, api).status == 410)
            #expect(try await status(his, api, ben) == "unverified")
            let next = try await add("shared@example.net", api, ana)
            #expect(try await confirm(link, api).status == 410, "it was for the one before")
            #expect(try await status(next, api, ana) == "unverified")
            let foreign = try await api.send(.post, "\(Self.channels)/\(his)/verify", token: ana)
            #expect(foreign.status == 404)
            let hook = try await api.send(
                .post, Self.channels, token: ana, json: ["kind": "webhook", "url": "https://example.org/hook"])
            let path = "\(Self.channels)/\(hook.json["id"]?.string ?? "")/verify"
            #expect(try await api.send(.post, path, token: ana).code == "nothing_to_verify")
        }
    }

    @Test func `a channel that is removed before its mail leaves is sent none`() async throws {
        try await TestAPI.with { api in
            let ana = try await token(api)
            let id = try await add("a@example.net", api, ana)
            _ = try await api.send(.delete, "\(Self.channels)/\(id)", token: ana)
            #expect(try await api.sendMails().isEmpty)
        }
    }

    @Test func `nobody's mailbox is filled, however many ask and however they do it`() async throws {
        try await TestAPI.with { api in
            var sent = 0
            for name in ["ana", "ben"] {
                let token = try await token(of: name, api)
                for _ in 0..<4 {
                    let id = try await add("Victim@example.net", api, token)
                    sent += try await api.sendMails().count
                    _ = try await api.send(.post, "\(Self.channels)/\(id)/verify", token: token)
                    sent += try await api.sendMails().count
                    _ = try await api.send(.delete, "\(Self.channels)/\(id)", token: token)
                }
            }
            #expect(sent == Limits.channelLinksPerAddressMax)
        }
    }

    @Test func `one user has only so many links sent in a day`() async throws {
        try await TestAPI.with { api in
            let ana = try await token(api)
            var sent = 0
            for index in 0..<Limits.channelLinksPerUserMax + 2 {
                let id = try await add("v\(index)@example.net", api, ana)
                sent += try await api.sendMails().count
                if index > Limits.channelLinksPerUserMax {
                    let refused = try await api.send(.post, "\(Self.channels)/\(id)/verify", token: ana)
                    #expect(refused.status == 429 && refused.header("retry-after") == "3600")
                }
                _ = try await api.send(.delete, "\(Self.channels)/\(id)", token: ana)
            }
            #expect(sent == Limits.channelLinksPerUserMax)
        }
    }

    @Test func `the account's own verified address needs no link`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            for mail in try await api.sendMails() {
                _ = try await api.send(
                    .post, "/api/v1/auth/verify-email", json: ["token": .string(mail.token ?? "")])
            }
            let made = try await api.send(
                .post, Self.channels, token: ana, json: ["kind": "email", "address": "ANA@example.org"])
            #expect(made.json["status"] == "active")
            #expect(try await api.sendMails().isEmpty)
        }
    }
}

extension TestAPI {
    /// Sends the mails about accounts that wait, and gives back what was sent.
    func sendMails() async throws -> [OutgoingMail] {
        let sent = Mutex<[OutgoingMail]>([])
        let mailing = Mailing(environment: environment) { Array(SHA256.hash(data: $0)) }
        _ = try await mailing.runOnce { mail in
            sent.withLock { $0.append(mail) }
            return .delivered(evidence: nil)
        }
        return sent.withLock { $0 }
    }
}
