import ErrandCore
import HTTPTypes
import Hummingbird

/// `POST /api/v1/tasks`
func createTask(_ call: APICall) async throws -> Response {
    let draft = try TaskDraft(call.json)
    return try await call.perform(CreateTask(draft)) { outcome in
        guard outcome.isNew else { return .task(.ok, outcome.task) }
        var reply = Reply.task(.created, outcome.task)
        reply.headers[HTTPField.Name.location.canonicalName] = "/api/v1/tasks/\(outcome.task.id)"
        return reply
    }
}
