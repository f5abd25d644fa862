import ErrandCore
import Foundation
import NIOHTTP1

/// A request to the sidecar's API.
struct APICall: Sendable {
    let method: HTTPMethod
    /// Without the query, as it was sent.
    let path: String
    /// Path segments after `/v1.0`, percent-decoded.
    let segments: [String]
    let rawQuery: String?
    let query: [(name: String, value: String)]
    let headers: HTTPHeaders
    let body: [UInt8]

    init(_ head: HTTPRequestHead, body: [UInt8]) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        method = head.method
        path = parts.first ?? "/"
        segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).map(APICall.decoded)
        rawQuery = parts.count > 1 ? parts[1] : nil
        query = (rawQuery ?? "").split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let texts = sides.map { APICall.decoded($0.replacing("+", with: " ")) }
            return (texts.first ?? "", texts.count > 1 ? texts[1] : "")
        }
        headers = head.headers
        self.body = body
    }

    private static func decoded(_ text: Substring) -> String { text.removingPercentEncoding ?? String(text) }

    func header(_ name: String) -> String? { headers.first(name: name) }

    func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// `metadata.<key>` of the query; the first value counts.
    var metadata: [String: String] {
        let prefix = "metadata."
        let pairs = query.filter { $0.name.hasPrefix(prefix) }.map { ($0.name.dropFirst(prefix.count), $0.value) }
        return Dictionary(pairs.map { (String($0), $1) }) { first, _ in first }
    }

    /// The media type without parameters, in lower case.
    var contentType: String? {
        header("Content-Type").map { MediaType.essence(of: $0) }
    }
}

enum MediaType {
    /// The type without its parameters, in lower case.
    static func essence(of text: String) -> String {
        let essence = text.prefix { $0 != ";" }
        return essence.split(separator: " ").joined().lowercased()
    }

    static func isJSON(_ essence: String) -> Bool { essence == "application/json" || essence.hasSuffix("+json") }
}

/// What the sidecar answers.
struct APIAnswer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static let noContent = APIAnswer(status: 204)

    static func json(_ value: JSONValue, status: Int = 200) -> APIAnswer {
        APIAnswer(status: status, headers: [("Content-Type", "application/json")], body: value.serialized())
    }

    static func text(_ text: String, status: Int) -> APIAnswer {
        APIAnswer(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }
}

/// An error with the body that Dapr gives it
/// ([error codes](https://docs.dapr.io/reference/errors/error-codes/)).
struct APIError: Error, Sendable {
    let status: Int
    let code: String
    let message: String
    /// `reason` of the `ErrorInfo` among the details. Older parts of the API give none.
    var reason: String?
    /// More members at the top.
    var members: JSONObject = [:]

    init(_ status: Int, _ code: String, _ message: String, reason: String? = nil, members: JSONObject = [:]) {
        self.status = status
        self.code = code
        self.message = message
        self.reason = reason
        self.members = members
    }

    var answer: APIAnswer {
        var body = members
        body["errorCode"] = .string(code)
        body["message"] = .string(message)
        if let reason {
            body["details"] = [
                [
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": .string(reason),
                    "domain": "dapr.io", "metadata": [:],
                ]
            ]
        }
        return .json(.object(body), status: status)
    }
}
