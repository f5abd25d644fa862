import ErrandCore
import ErrandHTTP
import Hummingbird

/// `POST /api/v1/notifications/channels/{id}/verify`: has the link to the address of an e-mail channel sent again.
func verifyChannel(_ call: APICall) async throws -> Response {
    try call.services.countAttempt("\(call.address) \(try call.principal.userID)")
    return try await call.answer(Catalogue.verifyChannel) { .json($0.json, status: .accepted) }
}
