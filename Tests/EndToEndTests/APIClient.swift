import ErrandCore
import Foundation
import FoundationNetworking

/// Talks to a ``ServerProcess`` over its socket.
struct APIClient: Sendable {
    let port: Int
    var token = ""

    struct Answer: Sendable {
        let status: Int
        let json: JSONValue
        let retryAfter: String?
    }

    /// - Returns: nil when no answer came.
    func send(_ method: String, _ path: String, _ body: JSONValue? = nil) async -> Answer? {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { return nil }
        var request = URLRequest(url: url, timeoutInterval: 20)
        request.httpMethod = method
        if let body {
            request.httpBody = Data(body.serialized())
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        if !token.isEmpty { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        guard let (data, head) = await BoundedCall.answer(to: request) else { return nil }
        return Answer(
            status: head.statusCode, json: (try? JSONValue.parse(data)) ?? .null,
            retryAfter: head.value(forHTTPHeaderField: "Retry-After")
        )
    }

    /// What a page says; nil when no answer came.
    func text(_ path: String) async -> String? {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { return nil }
        let answer = await BoundedCall.answer(to: URLRequest(url: url, timeoutInterval: 20))
        return answer.map { String(decoding: $0.data, as: UTF8.self) }
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
