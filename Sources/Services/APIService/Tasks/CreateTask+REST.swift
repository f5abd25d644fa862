import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `POST /api/v1/tasks`
func createTask(_ call: APICall) async throws -> Response {
    try await call.create(try TaskDraft(call.json))
}

/// `POST /api/v1/tasks/recurring`
func createRecurring(_ call: APICall) async throws -> Response {
    try await call.create(try TaskDraft.recurring(call.json))
}

/// `POST /api/v1/tasks/quick-add`
func quickAdd(_ call: APICall) async throws -> Response {
    let form = try QuickAddForm(call.json)
    if form.isDryRun {
        // Nothing is written, so there is nothing to do once; a key that is none is an error all the same.
        _ = try call.onceKey()
        return Response(json: try await call.ask(PreviewQuickAdd(form)).json(task: nil))
    }
    return try await call.perform(QuickAddTask(form)) { outcome in
        var reply = Reply.json(outcome.json, status: .created)
        reply.headers[HTTPField.Name.location.canonicalName] = "/api/v1/tasks/\(outcome.task.id)"
        return reply
    }
}

extension APICall {
    fileprivate func create(_ draft: TaskDraft) async throws -> Response {
        try await perform(CreateTask(draft)) { outcome in
            guard outcome.isNew else { return .task(.ok, outcome.task) }
            var reply = Reply.task(.created, outcome.task)
            reply.headers[HTTPField.Name.location.canonicalName] = "/api/v1/tasks/\(outcome.task.id)"
            return reply
        }
    }
}
