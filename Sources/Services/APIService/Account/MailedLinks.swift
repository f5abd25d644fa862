import Crypto
import ErrandCore
import ErrandHTTP
import Hummingbird

/// `POST /api/v1/auth/forgot-password`: the same answer, after the same work, whether there is such an account or not.
func forgetPassword(_ call: APICall) async throws -> Response {
    let form = try ForgottenForm(call.json)
    try await call.services.forgetPassword(form, at: call.address)
    return Response(status: .accepted)
}

/// `POST /api/v1/auth/reset-password`: sets a new password and ends all sessions.
func resetPassword(_ call: APICall) async throws -> Response {
    try await call.services.resetPassword(try ResetForm(call.json), from: call.origin)
    return Response(status: .noContent)
}

/// `POST /api/v1/auth/verify-email`: shows that an address is its user's.
func verifyAddress(_ call: APICall) async throws -> Response {
    let form = try VerifyForm(call.json)
    try await call.services.accounts.verifyAddress(token: mailTokenHash(form.token), from: call.origin)
    return Response(status: .noContent)
}

/// `POST /api/v1/me/email/verification`: has the link to the account's own address sent again.
func requestVerification(_ call: APICall) async throws -> Response {
    let principal = try call.principal
    try call.services.countAttempt("\(call.address) \(principal.userID)")
    _ = try await call.services.operations.perform(
        RequestVerification(), as: principal, for: call.context.correlation
    )
    return Response(status: .accepted)
}

/// `PUT /api/v1/me/email`: has a link sent to an address that becomes the account's once the link is used.
func changeAddress(_ call: APICall) async throws -> Response {
    let principal = try call.principal
    _ = try ChangePassword.session(of: principal)
    let form = try AddressForm(call.json)
    try await call.services.check(form.password, of: principal, at: call.address)
    _ = try await call.services.operations.perform(
        RequestVerification(of: form.email), as: principal, for: call.context.correlation
    )
    return Response(status: .accepted)
}

/// `DELETE /api/v1/me`: deletes the account and everything in it, for whoever has the password or has signed in just
/// now, here or at another issuer.
func deleteAccount(_ call: APICall) async throws -> Response {
    let principal = try call.principal
    let isFresh = try await call.services.accounts.isFresh(principal)
    let form = try DeleteAccountForm(call.json)
    if let password = form.password {
        try await call.services.check(password, of: principal, at: call.address)
    } else if !isFresh {
        throw freshnessProblem(of: principal)
    }
    let ended = try await call.services.operations.deleteAccount(
        of: principal, chain: AuditChain { bytes in Array(SHA256.hash(data: bytes)) }, for: call.context.correlation
    )
    call.services.authenticator.forget(ended)
    var response = Response(status: .noContent)
    SessionCookies(isSecure: call.services.isSecure).clear(on: &response)
    return response
}

/// What somebody has to do who has not signed in just now.
private func freshnessProblem(of principal: Principal) -> ErrandError {
    if case .externalSession = principal.actor {
        return .invalid("", .required, "Sign in again where you have your account, and do it within ten minutes.")
    }
    return .invalid(
        "/current_password", .required, "Is required, unless you have signed in within the last ten minutes.")
}

extension APIServices {
    func forgetPassword(_ form: ForgottenForm, at address: String) async throws {
        try countAttempt("\(address) forgotten \(form.email.key)")
        try await accounts.forgetPassword(of: form.email)
    }

    func resetPassword(_ form: ResetForm, from origin: RequestOrigin) async throws {
        let hash = try await passwords.hash(form.new)
        let ended = try await accounts.resetPassword(
            token: mailTokenHash(form.token), passwordHash: hash, from: origin)
        authenticator.forget(ended)
    }

    /// - Throws: ``ErrandError/rateLimited(retryAfter:)`` when it was done too often.
    func countAttempt(_ what: String) throws(ErrandError) {
        let attempt = limits.perAccount?.count(what)
        if let attempt, !attempt.isAllowed { throw .rateLimited(retryAfter: attempt.resetsIn) }
    }

    /// - Throws: ``ErrandError/invalid(_:)`` when it is not the user's password.
    func check(_ password: String, of principal: Principal, at address: String) async throws {
        try countAttempt("\(address) \(principal.userID)")
        let current = try await accounts.passwordHash(of: principal.userID)
        guard try await passwords.verify(password, against: current) else {
            throw ErrandError.invalid("/current_password", .invalidValue, "Is not the current password.")
        }
    }
}

/// What is kept of the token of a link, which the form has checked.
func mailTokenHash(_ token: String) -> [UInt8] {
    Array(SHA256.hash(data: Base64URL.decode(token) ?? []))
}
