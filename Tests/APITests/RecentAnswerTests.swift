import APIService
import CivilTime
import ErrandCore
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

/// What was answered lately is answered again while it is true, to whom it was answered, as it was asked for.
@Suite struct RecentAnswerTests {
    @Test func `a list that is asked for again says the same, and after a change what has changed`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let path = "/api/v1/tasks?limit=20&search=milk"
            for title in ["Buy milk", "Buy more milk", "Sell milk"] {
                _ = try await api.task(ana, ["title": .string(title)])
                let first = try await api.send(.get, path, token: ana)
                let again = try await api.send(.get, path, token: ana, headers: ["x-request-id": "again"])
                #expect(first.json["items"]?.array?.first?["title"]?.string == title)
                #expect(again.status == 200 && again.bytes == first.bytes)
                for name in ["etag", "cache-control", "vary", "content-type"] {
                    #expect(again.header(name) == first.header(name), "\(name)")
                }
                #expect(again.header("x-request-id") == "again")
            }
        }
    }

    @Test func `one person's answer is never another's`() async throws {
        try await TestAPI.with { api in
            let (ana, ben) = (try await api.token(), try await api.token(of: "ben"))
            _ = try await api.task(ana, ["title": "Of Ana"])
            _ = try await api.task(ben, ["title": "Of Ben"])
            for (token, title) in [(ana, "Of Ana"), (ben, "Of Ben"), (ana, "Of Ana"), (ben, "Of Ben")] {
                let list = try await api.send(.get, "/api/v1/tasks", token: token)
                #expect(list.json["items"]?.array?.map { $0["title"]?.string } == [title])
                let me = try await api.send(.get, "/api/v1/me", token: token)
                #expect(me.json["email"]?.string?.hasPrefix(title.hasSuffix("Ana") ? "ana" : "ben") == true)
            }
        }
    }

    @Test func `it is given as it is wanted, packed or not, and the rights are looked at each time`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let text = JSONValue.string(String(repeating: "some words ", count: 200))
            _ = try await api.task(ana, ["title": "Long", "description": text])
            for packing in ["gzip", "", "gzip", ""] {
                let list = try await api.send(
                    .get, "/api/v1/tasks", token: ana, headers: ["accept-encoding": packing])
                #expect((list.header("content-encoding") == "gzip") == (packing == "gzip"))
                #expect(try (packing == "gzip" ? Gunzip.unpack(list.bytes) : list.bytes).count > 2_000)
            }
            let made = try await api.post(
                "/api/v1/me/tokens", token: ana, ["name": "account", "scopes": ["account:read"]], 201)
            let token = try #require(made["token"]?.string)
            #expect(try await api.send(.get, "/api/v1/tasks", token: token).status == 403)
        }
    }

    @Test func `the account has a tag that follows what it shows`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            var known = ""
            for change: JSONValue in [
                [:], ["name": "Ana"], ["week_starts_on": "sunday"], ["digest_at": "07:30"],
                ["notifications": ["digest": ["in_app"]]], ["time_zone": "Asia/Tokyo"],
            ] {
                if change != [:] {
                    #expect(try await api.answer(.patch, "/api/v1/me", token: ana, change).status == 200)
                }
                let read = try await api.send(.get, "/api/v1/me", token: ana, headers: ["if-none-match": known])
                #expect(read.status == 200 && read.header("etag") != known, "\(change)")
                for member in change.object?.members ?? [] where member.name != "notifications" {
                    #expect(read.json[member.name] == member.value)
                }
                known = try #require(read.header("etag"))
                let again = try await api.send(.get, "/api/v1/me", token: ana, headers: ["if-none-match": known])
                #expect(again.status == 304 && again.bytes.isEmpty)
                #expect(try await api.send(.get, "/api/v1/me", token: ana).bytes == read.bytes)
            }
        }
    }

    @Test func `a day that begins is seen, though nothing was written`() async throws {
        try await TestAPI.with { api in
            api.clock.set(try #require(Instant("2026-01-15T23:59:00Z")))
            let ana = try await api.token()
            _ = try await api.task(ana, ["title": "Of today", "due_date": "2026-01-15"])
            func titles() async throws -> [String]? {
                try await api.send(.get, "/api/v1/tasks?due=today", token: ana)
                    .json["items"]?.array?.compactMap { $0["title"]?.string }
            }
            for instant in ["2026-01-15T23:59:00Z", "2026-01-15T23:59:59Z"] {
                api.clock.set(try #require(Instant(instant)))
                for _ in 0..<3 { #expect(try await titles() == ["Of today"], "\(instant)") }
            }
            api.clock.set(try #require(Instant("2026-01-16T00:00:00Z")))
            #expect(try await titles() == [])
        }
    }

    // MARK: - How much is kept

    private func question(_ target: String) throws -> RecentAnswers.Question {
        let id = try #require(UserID("0198f2d0-1b7c-7e21-8a4f-90c1d2e3f405"))
        return RecentAnswers.Question(member: id, target: target, isPacked: false)
    }

    private func ready(_ count: Int, _ tag: String?) -> ReadyAnswer {
        let body = ResponseBody(byteBuffer: ByteBuffer(repeating: 0x20, count: count))
        return ReadyAnswer(tag: tag, response: Response(status: .ok, body: body), moment: nil)
    }

    @Test func `what nobody asks for is forgotten when others come, what is asked for stays`() throws {
        let recent = RecentAnswers()
        for name in ["/asked", "/left"] { recent.keep(ready(1_000, name), to: try question(name)) }
        let size = 100_000
        for number in 0..<(3 * RecentAnswers.bytesMax / size) {
            recent.keep(ready(size, "x"), to: try question("/\(number)"))
            #expect(recent.find(try question("/asked"))?.tag == "/asked")
        }
        #expect(recent.find(try question("/left")) == nil)
        #expect(recent.bytes <= 2 * RecentAnswers.bytesMax)
    }

    @Test func `a newer answer takes the place of the older, and of no answer more than is allowed is kept`() throws {
        let recent = RecentAnswers()
        for tag in ["1", "2"] { recent.keep(ready(10, tag), to: try question("/")) }
        #expect(recent.find(try question("/"))?.tag == "2")
        recent.keep(ready(RecentAnswers.answerBytesMax + 1, "long"), to: try question("/long"))
        let none = ReadyAnswer(tag: "none", response: Response(status: .notFound), moment: nil)
        recent.keep(none, to: try question("/none"))
        let stream = Response(status: .ok, body: ResponseBody { try await $0.finish(nil) })
        recent.keep(ReadyAnswer(tag: "stream", response: stream, moment: nil), to: try question("/stream"))
        recent.keep(ready(10, nil), to: try question("/untagged"))
        for target in ["/long", "/none", "/stream", "/untagged"] { #expect(recent.find(try question(target)) == nil) }
    }
}
