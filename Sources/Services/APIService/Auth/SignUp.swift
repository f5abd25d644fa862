import ErrandCore
import Hummingbird

/// `POST /api/v1/auth/sign-up`
func signUp(_ call: APICall) async throws -> Response {
    let form = try SignUpForm(call.json)
    let hash = try await call.services.passwords.hash(form.password)
    return try call.sessionResponse(try await call.services.accounts.signUp(form, passwordHash: hash), status: .created)
}
