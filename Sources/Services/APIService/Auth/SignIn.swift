import ErrandCore
import ErrandHTTP
import Hummingbird

/// `POST /api/v1/auth/sign-in`
///
/// A wrong address and a wrong password look alike and take equally long.
func signIn(_ call: APICall) async throws -> Response {
    let form = try SignInForm(call.json)
    let attempt = call.services.limits.perAccount?.count("\(call.address) \(form.email.caseFolded)")
    if let attempt, !attempt.isAllowed { throw ErrandError.rateLimited(retryAfter: attempt.resetsIn) }
    let passwords = call.services.passwords
    let known = try await call.services.accounts.credentials(email: form.email)
    guard try await passwords.verify(form.password, against: known?.passwordHash), let known else {
        throw Problem.wrongPassword
    }
    let renewed = passwords.isOutdated(known.passwordHash) ? try await passwords.hash(form.password) : nil
    let signedIn = try await call.services.accounts.startSession(
        for: known.user, newPasswordHash: renewed, from: call.origin
    )
    return try call.sessionResponse(signedIn, status: .ok)
}
