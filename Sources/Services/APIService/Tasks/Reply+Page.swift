import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

extension Reply {
    /// A page of a list, with the way to the next one (RFC 8288).
    static func page(_ page: ListTasks.Answer, of request: Request) -> Reply {
        var reply = Reply(status: .ok, body: page.serialized())
        reply.headers[.cacheControl] = "private, no-cache"
        if let cursor = page.nextCursor {
            let kept = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
            let query = (kept + ["cursor=\(cursor)"]).joined(separator: "&")
            reply.headers[.link] = "<\(request.uri.path)?\(query)>; rel=\"next\""
        }
        return reply
    }
}
