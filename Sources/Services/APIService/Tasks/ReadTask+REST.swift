import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `GET /api/v1/tasks/{id}`
func readTask(_ call: APICall) async throws -> Response {
    let task = try await call.ask(Catalogue.readTask)
    let headers: HTTPFields = [.eTag: EntityTag.text(task.validator), .cacheControl: "private, no-cache"]
    if EntityTag.matches(call.request.headers[.ifNoneMatch], task.validator) {
        return Response(status: .notModified, headers: headers)
    }
    return Response(json: task.json, headers: headers)
}
