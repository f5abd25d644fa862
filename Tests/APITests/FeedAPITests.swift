import CivilTime
import ErrandCore
import HTTPTypes
import Logging
import Synchronization
import TestSupport
import Testing

/// The address that calendars read tasks by.
@Suite struct FeedAPITests {
    private func feed(
        _ api: TestAPI, _ token: String, _ form: JSONValue = ["name": "Home"]
    ) async throws -> (path: String, id: String) {
        let made = try await api.send(.post, "/api/v1/me/feeds", token: token, json: form)
        #expect(made.status == 201)
        let url = try #require(made.json["url"]?.string)
        #expect(url.wholeMatch(of: #/http:\/\/localhost\/feeds\/[A-Za-z0-9_-]{43}\.ics/#) != nil)
        let id = try #require(made.json["id"]?.string)
        #expect(made.header("location") == "/api/v1/me/feeds/\(id)")
        return (String(url.dropFirst("http://localhost".count)), id)
    }

    @Test func `a feed is read by its address alone, and again only when it has changed`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            _ = try await api.task(ana, ["title": "Pay rent", "due_date": "2026-02-01"])
            let (path, _) = try await feed(api, ana)
            let answer = try await api.send(.get, path)
            #expect(answer.status == 200 && answer.header("content-type") == "text/calendar; charset=utf-8")
            #expect(answer.header("cache-control") == "private, no-cache")
            #expect(answer.header("referrer-policy") == "no-referrer" && answer.header("x-robots-tag") == "noindex")
            let text = String(decoding: answer.bytes, as: UTF8.self)
            #expect(text.contains("SUMMARY:Pay rent\r\n") && !text.contains(path.split(separator: "/")[1]))
            let tag = try #require(answer.header("etag"))
            let again = try await api.send(.get, path, headers: ["if-none-match": tag])
            #expect(again.status == 304 && again.bytes.isEmpty && again.header("etag") == tag)
            let head = try await api.send(.head, path)
            #expect(head.status == 200 && head.bytes.isEmpty && head.header("etag") == tag)
            #expect(head.header("content-length") == "\(answer.bytes.count)")
            _ = try await api.send(.post, "/api/v1/tasks/1/complete", token: ana)
            let changed = try await api.send(.get, path, headers: ["if-none-match": tag])
            #expect(changed.status == 200 && !String(decoding: changed.bytes, as: UTF8.self).contains("rent"))
            #expect(try await api.send(.post, path).status == 405)
        }
    }

    @Test func `a long feed is packed for who likes it`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            for number in 1...9 {
                _ = try await api.task(ana, ["title": .string("Task \(number)"), "due_date": "2026-02-01"])
            }
            let (path, _) = try await feed(api, ana)
            let plain = try await api.send(.get, path)
            let packed = try await api.send(.get, path, headers: ["accept-encoding": "gzip"])
            #expect(packed.header("content-encoding") == "gzip" && packed.header("vary") == "Accept-Encoding")
            #expect(packed.header("etag") == plain.header("etag") && packed.bytes.count < plain.bytes.count)
            #expect(try Gunzip.unpack(packed.bytes) == plain.bytes)
        }
    }

    @Test func `where the moment decides, the tag is that of what is told`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            _ = try await api.task(ana, ["title": "Soon over", "due_date": "2026-01-15T11:00:00Z"])
            let (path, _) = try await feed(api, ana, ["name": "Late", "filter": "overdue"])
            let first = try #require(try await api.send(.get, path).header("etag"))
            api.clock.advance(by: .minutes(30))
            #expect(try await api.send(.get, path, headers: ["if-none-match": first]).status == 304)
            api.clock.advance(by: .hours(1))
            let late = try await api.send(.get, path, headers: ["if-none-match": first])
            #expect(late.status == 200 && String(decoding: late.bytes, as: UTF8.self).contains("Soon over"))
        }
    }

    @Test func `what was revoked, never was, or was of a deleted account is answered alike`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let (path, id) = try await feed(api, ana)
            let (other, _) = try await feed(api, ana)
            #expect(try await api.send(.delete, "/api/v1/me/feeds/\(id)", token: ana).status == 204)
            #expect(try await api.send(.delete, "/api/v1/me/feeds/\(id)", token: ana).status == 404)
            let revoked = try await api.send(.get, path)
            #expect(revoked.status == 404 && revoked.code == "not_found")
            for unknown in ["/feeds/x.ics", "/feeds/\(String(repeating: "A", count: 43)).ics", "/feeds/%FF.ics"] {
                let answer = try await api.send(.get, unknown, headers: ["if-none-match": "*"])
                #expect(answer.status == 404 && answer.bytes == revoked.bytes, "\(unknown)")
            }
            #expect(try await api.send(.get, other).status == 200)
            #expect(try await api.send(.delete, "/api/v1/me", token: ana).status == 204)
            let orphan = try await api.send(.get, other)
            #expect(orphan.status == 404 && orphan.bytes == revoked.bytes)
        }
    }

    @Test func `feeds are for people, and made once each`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: ana,
                json: ["name": "script", "scopes": ["tasks:read", "tasks:write", "account:read", "account:write"]])
            let script = made.json["token"]?.string
            let refused = try await api.send(.post, "/api/v1/me/feeds", token: script, json: ["name": "A"])
            #expect(refused.code == "session_required")
            #expect(try await api.send(.get, "/api/v1/me/feeds", token: script).code == "session_required")
            let broken = try await api.send(
                .post, "/api/v1/me/feeds", token: ana, json: ["name": "A", "filter": "#home &"])
            #expect(broken.status == 422 && broken.json["errors"]?.array?.first?["pointer"] == "/filter")
            let (path, id) = try await feed(api, ana, ["name": "A", "filter": "#home", "form": "todos"])
            let listed = try await api.send(.get, "/api/v1/me/feeds", token: ana)
            #expect(!String(decoding: listed.bytes, as: UTF8.self).contains("url"), "the address is shown once")
            #expect(listed.json["items"]?.array?.map { $0["id"] } == [.string(id)])
            _ = try await api.send(.delete, "/api/v1/me/feeds/\(id)", token: ana)
            try await api.relay()
            let audit = try await api.send(.get, "/api/v1/audit", token: ana)
            let actions = audit.json["items"]?.array?.compactMap { $0["action"]?.string } ?? []
            #expect(actions.prefix(2) == ["feed.deleted", "feed.created"])
            #expect(!String(decoding: audit.bytes, as: UTF8.self).contains(path.split(separator: "/")[1]))
        }
    }

    @Test func `guesses are counted by address, and readings by feed`() async throws {
        try await TestAPI.with(limitsRequests: true) { api in
            let ana = try await api.token()
            let (path, _) = try await feed(api, ana)
            for _ in 0..<60 { #expect(try await api.send(.get, path).status == 200) }
            #expect(try await api.send(.get, path).status == 429)
            let (other, _) = try await feed(api, ana)
            var codes: Set<Int> = []
            for _ in 0..<61 { codes.insert(try await api.send(.get, "/feeds/x.ics").status) }
            #expect(codes == [404, 429])
            #expect(try await api.send(.get, other).status == 200, "an address that is good is no guess")
        }
    }

    @Test func `no line of the log has the secret`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            let (path, _) = try await feed(api, ana)
            let lines = Lines()
            let logger = Logger(label: "test") { _ in LineHandler(lines: lines) }
            for target in [path, "\(path)?x=1", path.replacing(".ics", with: ".icx")] {
                _ = try await api.send(.get, target, logger: logger)
            }
            let secret = String(path.split(separator: "/")[1].dropLast(4))
            let all = lines.all
            #expect(all.count >= 3 && all.contains { $0.contains("GET /feeds/{secret}.ics") })
            #expect(!all.contains { $0.contains(secret) })
        }
    }
}

/// What was logged, with its metadata.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct LineHandler: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.add("\(event.message) \(metadata.merging(event.metadata ?? [:]) { $1 })")
    }
}
