import ErrandCore
import ErrandHTTP
import Hummingbird

/// `GET /api/v1/conversations`
func listConversations(_ call: APICall) async throws -> Response {
    var query = try QueryReader(call.request.uri.query)
    let limit = query.integer("limit", in: Limits.pageSize) ?? Limits.pageSizeDefault
    let cursor = query.string("cursor")
    try query.finish()
    let list = try await call.services.conversations.list(cursor: cursor, limit: limit, as: try call.principal)
    return Response(json: list.json)
}

/// `GET /api/v1/conversations/{id}`
func readConversation(_ call: APICall) async throws -> Response {
    let transcript = try await call.services.conversations.read(try call.conversationID(), as: try call.principal)
    return Response(json: transcript.json)
}

/// `DELETE /api/v1/conversations/{id}`. Done again it answers the same, so it needs no idempotency key.
func deleteConversation(_ call: APICall) async throws -> Response {
    try await call.services.conversations.delete(try call.conversationID(), as: try call.principal)
    return Reply.noContent.response()
}

extension APICall {
    fileprivate func conversationID() throws -> ConversationID {
        guard let id = ConversationID(try parameter("id")) else { throw ErrandError.notFound(.conversation) }
        return id
    }
}
