import ErrandCore
import ErrandHTTP
import Hummingbird

/// `POST /api/v1/auth/sign-in`
///
/// A wrong address and a wrong password look alike and take equally long.
func signIn(_ call: APICall) async throws -> Response {
    let form = try SignInForm(call.json)
    return try call.sessionResponse(
        try await call.services.signIn(form, at: call.address, from: call.origin), status: .ok)
}

extension APIServices {
    /// Opens a session for whoever has the password.
    ///
    /// - Throws: ``Problem/wrongPassword``; ``ErrandError/rateLimited(retryAfter:)``.
    func signIn(_ form: SignInForm, at address: String, from origin: RequestOrigin) async throws -> SignedIn {
        let attempt = limits.perAccount?.count("\(address) \(form.email.caseFolded)")
        if let attempt, !attempt.isAllowed { throw ErrandError.rateLimited(retryAfter: attempt.resetsIn) }
        let known = try await accounts.credentials(email: form.email)
        guard try await passwords.verify(form.password, against: known?.passwordHash), let known else {
            throw Problem.wrongPassword
        }
        let renewed = passwords.isOutdated(known.passwordHash) ? try await passwords.hash(form.password) : nil
        return try await accounts.startSession(for: known.user, newPasswordHash: renewed, from: origin)
    }
}
