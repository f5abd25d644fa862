import ErrandCore
import Hummingbird

/// `POST /api/v1/undo`
func undoChange(_ call: APICall) async throws -> Response {
    var reader = FieldReader(call.json)
    reader.require("token")
    let token = reader.string("token") ?? ""
    if token.isEmpty, reader.contains("token") { reader.report("token", .tooShort, "Must not be empty.") }
    if token.unicodeScalars.count > 200 { reader.report("token", .tooLong, "Is no undo token.") }
    try reader.finish()
    return try await call.perform(UndoChange(token: token)) { tasks in
        .json(["items": .array(tasks.map(\.json)), "undone": JSONValue(tasks.count)])
    }
}
