import AsyncHTTPClient
import ErrandCore
import NIOCore
import NIOHTTP1

/// Talks to a ``ServerProcess`` over its socket.
struct APIClient: Sendable {
    /// Longer than any answer takes.
    private static let limit = Duration.seconds(20)

    let port: Int
    var token = ""

    struct Answer: Sendable {
        let status: Int
        let json: JSONValue
        let retryAfter: String?
    }

    /// - Returns: nil when no answer came.
    func send(_ method: String, _ path: String, _ body: JSONValue? = nil) async -> Answer? {
        var request = request(path)
        request.method = HTTPMethod(rawValue: method)
        if let body {
            request.body = .bytes(ByteBuffer(bytes: body.serialized()))
            request.headers.add(name: "Content-Type", value: "application/json")
        }
        if !token.isEmpty { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        guard let answer = await BoundedCall.answer(to: request, within: APIClient.limit) else { return nil }
        return Answer(
            status: answer.status, json: (try? JSONValue.parse(answer.body)) ?? .null,
            retryAfter: answer.headers.first(name: "Retry-After")
        )
    }

    /// What a page says; nil when no answer came.
    func text(_ path: String) async -> String? {
        let answer = await BoundedCall.answer(to: request(path), within: APIClient.limit)
        return answer.map { String(decoding: $0.body, as: UTF8.self) }
    }

    private func request(_ path: String) -> HTTPClientRequest {
        HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    }

    /// Events of a sign-up, which come before all others of a person: `account.created` and `session.started`.
    static let signUpEvents = 2

    /// The same client with the session of somebody new.
    func signedUp(_ name: String) async -> APIClient {
        let form: JSONValue = ["email": .string("\(name)@example.org"), "password": "a quiet walk in the woods"]
        let answer = await send("POST", "/api/v1/auth/sign-up", form)
        return APIClient(port: port, token: answer?.json["access_token"]?.string ?? "")
    }

    /// Everything in a list, over all pages.
    func items(_ list: String) async -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor = ""
        while let page = await send("GET", "/api/v1/\(list)?limit=200\(cursor)"), page.status == 200 {
            items += page.json["items"]?.array ?? []
            guard let next = page.json["next_cursor"]?.string else { break }
            cursor = "&cursor=\(next)"
        }
        return items
    }

    /// Every title there is, over all pages.
    func titles() async -> [String] { await items("tasks").compactMap { $0["title"]?.string } }

    /// Does the same to many tasks at once, a hundred at most.
    ///
    /// - Returns: whether all of it was done.
    func batch(_ operation: String, _ args: [JSONValue]) async -> Bool {
        let commands = args.enumerated().map { index, args -> JSONValue in
            ["id": .string("\(index)"), "op": .string(operation), "args": args]
        }
        let answer = await send("POST", "/api/v1/tasks/batch", ["commands": .array(commands)])
        let statuses = (answer?.json["results"]?.array ?? []).compactMap { $0["status"]?.integer }
        return statuses.count == args.count && statuses.allSatisfy { [200, 201].contains($0) }
    }
}
