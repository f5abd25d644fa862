import APIService
import ErrandCore
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct HostileInputTests {
    @Test(arguments: [
        (#"{}"#, ["/title required"]),
        (#"{"title":1}"#, ["/title wrong_type"]),
        (#"{"title":null}"#, ["/title wrong_type"]),
        (#"{"title":""}"#, ["/title too_short"]),
        (#"{"title":"   "}"#, ["/title too_short"]),
        (#"{"title":"a\u0000b"}"#, ["/title invalid_characters"]),
        (#"{"title":"a\nb"}"#, ["/title invalid_characters"]),
        (#"{"title":"a","nope":1}"#, ["/nope unknown"]),
        (#"{"title":"a","a/b~c":1}"#, ["/a~1b~0c unknown"]),
        (#"{"title":"a","priority":"p5"}"#, ["/priority invalid_value"]),
        (#"{"title":"a","priority":5}"#, ["/priority wrong_type"]),
        (#"{"title":"a","tags":"x"}"#, ["/tags wrong_type"]),
        (
            #"{"title":"a","tags":["x",1,"a,b",""]}"#,
            ["/tags/1 wrong_type", "/tags/2 invalid_characters", "/tags/3 too_short"]
        ),
        (#"{"title":"a","tags":["\u202Eevil"]}"#, ["/tags/0 invalid_characters"]),
        (#"{"title":"a","due_date":"2026-02-30"}"#, ["/due_date invalid_value"]),
        (#"{"title":"a","due_date":"2026-01-01T10:00:00"}"#, ["/due_date invalid_value"]),
        (#"{"title":"a","due":{"kind":"date"}}"#, ["/due/date required"]),
        (
            #"{"title":"a","due":{"kind":"zoned","date":"2026-01-01","time":"25:00","time_zone":"Mars/X"}}"#,
            ["/due/time invalid_value", "/due/time_zone invalid_value"]
        ),
        (#"{"title":"a","due":{"kind":"date","date":"2026-01-01","time":"10:00"}}"#, ["/due/time unknown"]),
        (#"{"title":"a","due":null,"due_date":"2026-01-01"}"#, ["/due_date excluded"]),
        (#"{"title":"a","id":"nope"}"#, ["/id invalid_value"]),
        (#"{"title":"a","completed":"yes"}"#, ["/completed wrong_type"]),
        (#"[]"#, [" wrong_type", "/title required"]),
    ])
    func `each broken field of a create is named`(_ body: String, _ fields: [String]) async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let answer = try await api.send(.post, "/api/v1/tasks", token: token, bytes: Array(body.utf8))
            #expect(answer.status == 422)
            #expect(answer.fields == fields)
            let list = try await api.send(.get, "/api/v1/tasks?count=true", token: token)
            #expect(list.json["count"] == 0, "nothing half-written")
        }
    }

    @Test func `text that people write is kept to the letter`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            for title in ["עברית and English", "👩‍👩‍👧‍👦 family", "e\u{301}", String(repeating: "é", count: 500)] {
                #expect(try await api.task(token, ["title": .string(title)])["title"] == .string(title))
            }
            let long = try await api.send(
                .post, "/api/v1/tasks", token: token, json: ["title": .string(String(repeating: "x", count: 501))]
            )
            #expect(long.fields == ["/title too_long"])
        }
    }

    @Test(arguments: [
        Array(#"{"title":"a""#.utf8), Array(#"{"title":"a","title":"b"}"#.utf8), [0x22, 0xFF, 0x22],
        Array(#"{"title":"\ud800"}"#.utf8), Array(repeating: UInt8(ascii: "["), count: 5000), Array("{'a':1}".utf8),
        [0xFE, 0xFF, 0x00, 0x7B], Array(#"{"title":1e999}"#.utf8),
    ])
    func `what is not JSON is refused`(_ body: [UInt8]) async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let answer = try await api.send(.post, "/api/v1/tasks", token: token, bytes: body)
            #expect(answer.status == 400)
            #expect(answer.code == "malformed_json")
        }
    }

    @Test func `bodies of more than a mebibyte and of other types are refused`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let large = [UInt8](repeating: UInt8(ascii: " "), count: 1_048_577)
            #expect(try await api.send(.post, "/api/v1/tasks", token: token, bytes: large).status == 413)
            let form = try await api.send(
                .post, "/api/v1/tasks", token: token, headers: ["content-type": "text/plain"], json: ["title": "a"]
            )
            #expect(form.status == 415)
        }
    }

    @Test(arguments: [
        ("limit=0", "limit out_of_range"), ("limit=201", "limit out_of_range"), ("limit=x", "limit wrong_type"),
        ("limit=+7", "limit wrong_type"), ("sort=nope", "sort invalid_value"), ("order=up", "order invalid_value"),
        ("status=open", "status invalid_value"), ("priority=low,,high", "priority invalid_value"),
        ("due=soon", "due invalid_value"), ("due_from=yesterday", "due_from invalid_value"),
        ("count=1", "count invalid_value"), ("nope=1", "nope unknown"), ("limit=1&limit=2", "limit duplicate"),
    ])
    func `each broken parameter of a list is named`(_ query: String, _ field: String) async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let answer = try await api.send(.get, "/api/v1/tasks?\(query)", token: token)
            #expect(answer.status == 422)
            #expect(answer.fields == [field])
        }
    }

    @Test(arguments: ["x", "AAAA", "WyJhIiwibiIsMSwiYiJd", "%20", String(repeating: "A", count: 5000)])
    func `a cursor that is none of ours is refused`(_ cursor: String) async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let answer = try await api.send(.get, "/api/v1/tasks?cursor=\(cursor)", token: token)
            #expect(answer.code == "invalid_cursor")
        }
    }

    @Test func `a cursor of another query is refused`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            for _ in 0..<3 { _ = try await api.task(token, ["title": "a"]) }
            let page = try await api.send(.get, "/api/v1/tasks?limit=1", token: token)
            let cursor = page.json["next_cursor"]?.string ?? ""
            let answer = try await api.send(.get, "/api/v1/tasks?limit=1&sort=title&cursor=\(cursor)", token: token)
            #expect(answer.code == "invalid_cursor")
        }
    }

    @Test(arguments: ["\"", "*", "NEAR(", "-", "\"\"", "a OR", "%22%00", "'; DROP TABLE tasks;--", "^", "(((", "🎉"])
    func `no search is an error`(_ text: String) async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            for query in ["search=\(encoded)", "search=\(encoded)&sort=title&status=pending&tags=x&count=true"] {
                #expect(try await api.send(.get, "/api/v1/tasks?\(query)", token: token).status == 200)
            }
        }
    }

    @Test func `credentials that are none are refused`() async throws {
        try await TestAPI.with { api in
            let good = try await api.token()
            let parts = good.split(separator: ".").map(String.init)
            let none = Base64URL.encode(Array(#"{"alg":"none","typ":"at+jwt"}"#.utf8))
            let forged = Base64URL.encode(Array(#"{"alg":"HS256","typ":"at+jwt"}"#.utf8))
            let tokens = [
                "", "x", "a.b.c", "\(none).\(parts[1]).", "\(forged).\(parts[1]).\(parts[2])",
                "\(parts[0]).\(parts[1]).\(String(parts[2].reversed()))", good + "x", "errand_pat_nope",
                String(repeating: "a", count: 10_000),
            ]
            for token in tokens {
                let answer = try await api.send(.get, "/api/v1/tasks", token: token)
                #expect(answer.status == 401, "\(token.prefix(30))")
            }
            #expect(try await api.send(.get, "/api/v1/tasks").status == 401)
        }
    }

    @Test func `unknown paths and methods are said to be so`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            #expect(try await api.send(.get, "/api/v1/nope", token: token).code == "not_found")
            let put = try await api.send(.put, "/api/v1/tasks", token: token, json: [:])
            #expect(put.status == 405)
            #expect(put.header("allow") == "GET, HEAD, POST")
            for id in ["0", "-1", "007", "x", "%00", "%ff", "99999999999999999999"] {
                let answer = try await api.send(.get, "/api/v1/tasks/\(id)", token: token)
                #expect(answer.status == 404 || answer.status == 400, "\(id)")
            }
        }
    }
}
