import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

extension Reply {
    /// A page of a list, with the way to the next one (RFC 8288).
    static func page(_ page: ListTasks.Answer, of request: Request) -> Reply {
        var reply = Reply.json(page.json)
        reply.headers[HTTPField.Name.cacheControl.canonicalName] = "private, no-cache"
        if let cursor = page.nextCursor {
            let kept = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
            let query = (kept + ["cursor=\(cursor)"]).joined(separator: "&")
            reply.headers[HTTPField.Name.link.canonicalName] = "<\(request.uri.path)?\(query)>; rel=\"next\""
        }
        return reply
    }
}
