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
        guard let (data, response) = try? await URLSession.shared.data(for: request),
            let head = response as? HTTPURLResponse
        else { return nil }
        return Answer(
            status: head.statusCode, json: (try? JSONValue.parse(data)) ?? .null,
            retryAfter: head.value(forHTTPHeaderField: "Retry-After")
        )
    }

    /// What a page says; nil when no answer came.
    func text(_ path: String) async -> String? {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { return nil }
        return (try? await URLSession.shared.data(from: url)).map { String(decoding: $0.0, as: UTF8.self) }
    }

    /// The same client with the session of somebody new.
    func signedUp(_ name: String) async -> APIClient {
        let form: JSONValue = ["email": .string("\(name)@example.org"), "password": "a quiet walk in the woods"]
        let answer = await send("POST", "/api/v1/auth/sign-up", form)
        return APIClient(port: port, token: answer?.json["access_token"]?.string ?? "")
    }

    /// Every title there is, over all pages.
    func titles() async -> [String] {
        var titles: [String] = []
        var cursor = ""
        while let page = await send("GET", "/api/v1/tasks?limit=200\(cursor)"), page.status == 200 {
            titles += (page.json["items"]?.array ?? []).compactMap { $0["title"]?.string }
            guard let next = page.json["next_cursor"]?.string else { break }
            cursor = "&cursor=\(next)"
        }
        return titles
    }
}
