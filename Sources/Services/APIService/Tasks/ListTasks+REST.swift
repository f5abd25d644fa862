import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `GET /api/v1/tasks`
func listTasks(_ call: APICall) async throws -> Response {
    let page = try await call.ask(ListTasks(try TaskQuery(call.request.uri.query)))
    var json: JSONObject = [
        "items": .array(page.tasks.map(\.json)),
        "next_cursor": JSONValue(text: page.nextCursor),
    ]
    if let count = page.count { json.append("count", JSONValue(count)) }
    var headers: HTTPFields = [.cacheControl: "private, no-cache"]
    if let cursor = page.nextCursor { headers[.link] = call.nextLink(cursor) }
    return Response(json: .object(json), headers: headers)
}

extension APICall {
    /// The same list from the cursor on (RFC 8288).
    fileprivate func nextLink(_ cursor: String) -> String {
        let kept = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
        let query = (kept + ["cursor=\(cursor)"]).joined(separator: "&")
        return "<\(request.uri.path)?\(query)>; rel=\"next\""
    }
}
