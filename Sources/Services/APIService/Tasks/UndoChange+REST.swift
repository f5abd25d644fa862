import ErrandCore
import Hummingbird

/// `POST /api/v1/undo`
func undoChange(_ call: APICall) async throws -> Response {
    var reader = FieldReader(call.json)
    reader.require("token")
    let token = reader.string("token") ?? ""
    if token.utf8.count > 100 { reader.report("token", .tooLong, "Is no undo token.") }
    try reader.finish()
    return try await call.perform(UndoChange(token: token)) { tasks in
        .json(["items": .array(tasks.map(\.json)), "undone": JSONValue(tasks.count)])
    }
}
