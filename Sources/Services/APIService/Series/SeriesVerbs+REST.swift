import ErrandCore
import Hummingbird

/// `POST /api/v1/tasks/{id}/skip`
func skipOccurrence(_ call: APICall) async throws -> Response {
    try await call.perform(SkipOccurrence(try call.target())) { Reply.task(.ok, $0) }
}

/// `POST /api/v1/tasks/{id}/reschedule`
func rescheduleTask(_ call: APICall) async throws -> Response {
    let form = try RescheduleForm(call.json)
    return try await call.perform(RescheduleTask(try call.target(), to: form)) { Reply.task(.ok, $0) }
}

/// `POST /api/v1/tasks/{id}/end-series`
func endSeries(_ call: APICall) async throws -> Response {
    try await call.perform(EndSeries(try call.target())) { Reply.task(.ok, $0) }
}
