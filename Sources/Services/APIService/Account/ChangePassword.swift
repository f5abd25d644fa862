import ErrandCore
import ErrandHTTP
import Hummingbird

/// `POST /api/v1/me/password`: sets a new password and signs out everywhere else.
func changePassword(_ call: APICall) async throws -> Response {
    let principal = try call.principal
    guard case .session(let session) = principal.actor else {
        throw ErrandError.insufficientScope(.manageCredentials)
    }
    let form = try PasswordForm(call.json)
    let attempt = call.services.limits.perAccount?.count("\(call.address) \(principal.userID)")
    if let attempt, !attempt.isAllowed { throw ErrandError.rateLimited(retryAfter: attempt.resetsIn) }
    let accounts = call.services.accounts
    let current = try await accounts.passwordHash(of: principal.userID)
    guard try await call.services.passwords.verify(form.current, against: current) else {
        throw ErrandError.invalid("/current_password", .invalidValue, "Is not the current password.")
    }
    let hash = try await call.services.passwords.hash(form.new)
    let ended = try await accounts.changePassword(
        of: principal.userID, to: hash, keeping: session, from: call.origin
    )
    call.services.authenticator.forget(ended)
    return Response(status: .noContent)
}
