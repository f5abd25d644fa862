import ErrandCore
import ErrandHTTP
import Hummingbird
import SignedTokens

/// `POST /api/v1/me/tokens`: the only answer that shows the secret. It is not kept for an idempotency key,
/// since that would store the secret.
func createToken(_ call: APICall) async throws -> Response {
    let form = try TokenForm(call.json)
    let secret = PersonalTokenSecret(randomBytes: call.services.operations.environment.randomBytes(32))
    let command = CreateToken(form, hash: secret.hash)
    let token = try await call.services.operations.perform(command, as: try call.principal).outcome
    var json = token.json
    if case .object(var object) = json {
        object["token"] = .string(secret.text)
        json = .object(object)
    }
    return Response(.created, json: json, headers: [.location: "/api/v1/me/tokens/\(token.id)"])
}
