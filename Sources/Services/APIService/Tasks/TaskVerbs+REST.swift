import ErrandCore
import Hummingbird

/// `POST /api/v1/tasks/{id}/complete`
func completeTask(_ call: APICall) async throws -> Response {
    try await call.perform(CompleteTask(try call.target())) { Reply.task(.ok, $0) }
}

/// `POST /api/v1/tasks/{id}/reopen`
func reopenTask(_ call: APICall) async throws -> Response {
    try await call.perform(ReopenTask(try call.target())) { Reply.task(.ok, $0) }
}

/// `POST /api/v1/tasks/{id}/restore`
func restoreTask(_ call: APICall) async throws -> Response {
    try await call.perform(RestoreTask(try call.target())) { Reply.task(.ok, $0) }
}

/// `DELETE /api/v1/tasks/{id}`
func deleteTask(_ call: APICall) async throws -> Response {
    try await call.perform(DeleteTask(try call.target())) { _ in .noContent }
}
