import ErrandCore
import ErrandHTTP
import Hummingbird

/// `GET /api/v1/notifications`
func listNotifications(_ call: APICall) async throws -> Response {
    var query = try QueryReader(call.request.uri.query)
    let unreadOnly = query.parsed("status", expected: "all or unread") { ["all": false, "unread": true][$0] }
    let limit = query.integer("limit", in: Limits.pageSize) ?? Limits.pageSizeDefault
    let cursor = query.string("cursor")
    try query.finish()
    let page = try await call.ask(ListNotifications(unreadOnly: unreadOnly ?? false, cursor: cursor, limit: limit))
    return Response(json: page.json)
}

/// `POST /api/v1/notifications/{id}/read`
func readNotification(_ call: APICall) async throws -> Response {
    try await call.perform(ReadNotification(try call.notificationID())) { .json($0.json) }
}

/// `POST /api/v1/notifications/read-all`
func readAllNotifications(_ call: APICall) async throws -> Response {
    try await call.perform(ReadAllNotifications()) { .json(["marked": JSONValue($0)]) }
}

/// `DELETE /api/v1/notifications/{id}`
func deleteNotification(_ call: APICall) async throws -> Response {
    try await call.perform(DeleteNotification(try call.notificationID())) { _ in .noContent }
}

extension APICall {
    fileprivate func notificationID() throws -> NotificationID {
        guard let id = NotificationID(try parameter("id")) else { throw ErrandError.notFound(.notification) }
        return id
    }
}
