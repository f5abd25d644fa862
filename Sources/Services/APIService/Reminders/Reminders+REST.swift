import ErrandCore
import Hummingbird

/// `PUT /api/v1/tasks/{id}/reminders`
func setReminders(_ call: APICall) async throws -> Response {
    let edit = TaskEdit(reminders: try ReminderInput.list(call.json))
    return try await call.perform(EditTask(try call.target(), edit)) { Reply.task(.ok, $0) }
}

/// `POST /api/v1/reminders/{id}/snooze`
func snoozeReminder(_ call: APICall) async throws -> Response {
    let form = try SnoozeForm(call.json)
    guard let id = ReminderID(try call.parameter("id")) else { throw ErrandError.notFound(.reminder) }
    return try await call.perform(SnoozeReminder(id, form)) { .json($0.json) }
}
