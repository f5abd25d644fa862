import ErrandCore
import ErrandHTTP
import Hummingbird

/// `PATCH /api/v1/tasks/{id}`
func editTask(_ call: APICall) async throws -> Response {
    var query = try QueryReader(call.request.uri.query)
    let scope = query.parsed("scope", expected: "this, following or all") { EditScope(rawValue: $0) }
    try query.finish()
    var edit = try TaskEdit(call.json)
    edit.scope = scope
    return try await call.edit(edit)
}

/// `PATCH /api/v1/tasks/{id}/priority`
func setPriority(_ call: APICall) async throws -> Response {
    try await call.edit(try TaskEdit.priority(call.json))
}

/// `PATCH /api/v1/tasks/{id}/tags`
func setTags(_ call: APICall) async throws -> Response {
    try await call.edit(try TaskEdit.tags(call.json))
}

/// `PATCH /api/v1/tasks/{id}/due-date`
func setDueDate(_ call: APICall) async throws -> Response {
    try await call.edit(try TaskEdit.due(call.json))
}

extension APICall {
    fileprivate func edit(_ edit: TaskEdit) async throws -> Response {
        try await perform(EditTask(try target(), edit)) { Reply.task(.ok, $0) }
    }
}
