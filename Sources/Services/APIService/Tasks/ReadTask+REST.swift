import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `GET /api/v1/tasks/{id}`
func readTask(_ call: APICall) async throws -> Response {
    let task = try await call.ask(Catalogue.readTask)
    let headers: HTTPFields = [.eTag: EntityTag.text(task.version), .cacheControl: "private, no-cache"]
    if EntityTag.matches(call.request.headers[.ifNoneMatch], version: task.version) {
        return Response(status: .notModified, headers: headers)
    }
    return Response(json: task.json, headers: headers)
}
