import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `POST /api/v1/auth/sign-up`
func signUp(_ call: APICall) async throws -> Response {
    let form = try SignUpForm(call.json)
    let hash = try await call.services.passwords.hash(form.password)
    let signedIn = try await call.services.accounts.signUp(form, passwordHash: hash, from: call.origin)
    return try call.sessionResponse(signedIn, status: .created, headers: [.location: "/api/v1/me"])
}
