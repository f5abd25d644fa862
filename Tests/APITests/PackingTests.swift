import ErrandCore
import HTTPTypes
import TestSupport
import Testing

/// Long lists are sent with gzip to those who ask for it, and nothing that has a secret in it is.
@Suite struct PackingTests {
    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br, zstd", true), ("GZIP;q=0.1", true), ("*", true),
        ("gzip;q=0", false), ("identity, gzip;q=0.5", false), ("br", false), ("", false),
    ])
    func `a long list is packed for who likes it`(_ accepted: String, _ isPacked: Bool) async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            for number in 1...4 {
                let text = String(repeating: "some words ", count: 30)
                _ = try await api.task(ana, ["title": .string("Task \(number)"), "description": .string(text)])
            }
            for path in ["/api/v1/tasks", "/api/v1/tasks?search=words&count=true"] {
                let plain = try await api.send(.get, path, token: ana)
                #expect(plain.bytes.count > 1_024 && plain.header("content-encoding") == nil)
                let answer = try await api.send(.get, path, token: ana, headers: ["accept-encoding": accepted])
                #expect((answer.header("content-encoding") == "gzip") == isPacked)
                #expect(try (isPacked ? Gunzip.unpack(answer.bytes) : answer.bytes) == plain.bytes)
                #expect(answer.header("content-length") == "\(answer.bytes.count)")
                for one in [plain, answer] { #expect(one.header("vary") == "Accept-Encoding") }
                // A weak tag is that of both.
                let tag = try #require(answer.header("etag"))
                #expect(tag == plain.header("etag"))
                let again = try await api.send(
                    .get, path, token: ana, headers: ["accept-encoding": accepted, "if-none-match": tag])
                #expect(again.status == 304 && again.header("vary") == "Accept-Encoding" && again.bytes.isEmpty)
                #expect(again.header("content-encoding") == nil)
            }
        }
    }

    @Test func `what is short, has a strong tag, or carries tokens is sent as it is`() async throws {
        try await TestAPI.with { api in
            let session = try await api.signUp()
            let ana = try #require(session["access_token"]?.string)
            let gzip = ["accept-encoding": "gzip"]
            let long = JSONValue.string(String(repeating: "some words ", count: 200))
            _ = try await api.task(ana, ["title": "Long", "description": long])
            let short = try await api.send(.get, "/api/v1/tags", token: ana, headers: gzip)
            #expect(short.header("content-encoding") == nil && short.header("vary") == "Accept-Encoding")
            let task = try await api.send(.get, "/api/v1/tasks/1", token: ana, headers: gzip)
            #expect(task.bytes.count > 1_024 && task.header("content-encoding") == nil)
            let signIn = try await api.send(
                .post, "/api/v1/auth/sign-in", headers: gzip,
                json: ["email": "ana@example.org", "password": "a quiet walk in the woods"])
            #expect(signIn.status == 200 && signIn.header("content-encoding") == nil && signIn.header("vary") == nil)
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: ana, headers: gzip,
                json: ["name": .string(String(repeating: "n", count: 60)), "scopes": ["tasks:read"]])
            #expect(made.status == 201 && made.header("content-encoding") == nil)
        }
    }

    @Test func `HEAD tells the length of what GET would send`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            for number in 1...6 { _ = try await api.task(ana, ["title": .string("Task \(number)")]) }
            let gzip = ["accept-encoding": "gzip"]
            let get = try await api.send(.get, "/api/v1/tasks", token: ana, headers: gzip)
            let head = try await api.send(.head, "/api/v1/tasks", token: ana, headers: gzip)
            #expect(head.status == 200 && head.bytes.isEmpty && head.header("etag") == get.header("etag"))
            #expect(head.header("content-encoding") == "gzip")
            #expect(head.header("content-length") == get.header("content-length"))
        }
    }
}
