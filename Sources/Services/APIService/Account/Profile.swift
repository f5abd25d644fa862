import ErrandCore
import ErrandHTTP
import Hummingbird

/// `GET /api/v1/me`
func readProfile(_ call: APICall) async throws -> Response {
    Response(json: try await call.ask(ReadProfile()).json)
}

/// `PATCH /api/v1/me`
func updateProfile(_ call: APICall) async throws -> Response {
    let edit = try ProfileEdit(call.json)
    return try await call.perform(UpdateProfile(edit)) { Reply.json($0.json) }
}
