import CivilTime
import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SignedTokens

/// What a program asks a person for, once it is known that it may.
struct OAuthRequest: Sendable {
    let client: OAuthClient
    let redirect: String
    let state: String?
    let challenge: String
    let scopes: Set<Scope>

    /// As the consent page carries it, for this user only.
    func note(for user: UserID) -> JSONValue {
        [
            "c": .string(client.id), "n": .string(client.name), "r": .string(redirect), "s": JSONValue(text: state),
            "p": .string(challenge), "u": .string(user.description),
            "o": JSONValue(strings: scopes.map(\.rawValue).sorted()),
        ]
    }

    /// Where the person goes back to.
    func answer(_ values: [(String, String?)], _ issuer: String) -> String {
        let query = OAuthParameters.query(values + [("state", state), ("iss", issuer)])
        return redirect + (redirect.contains("?") ? "&" : "?") + query
    }
}

extension OAuthDoor {
    static let requestPurpose = "consent"
    static let codePurpose = "code"
    private static let stateLengthMax = 1_000
    private static let codeLifetime = Duration.seconds(60)
    private static let consentLifetime = Duration.minutes(10)

    /// Shows an error to the person: it may not be sent to an address that is not known to be the client's.
    func page(
        _ request: Request, _ context: ErrandRequestContext,
        _ work: (Request, ErrandRequestContext) async throws -> Response
    ) async -> Response {
        do {
            return try await work(request, context)
        } catch let error as OAuthError {
            return OAuthPage.problem(error.detail).response(.badRequest)
        } catch let problem as Problem {
            return OAuthPage.problem(problem.detail).response(problem.status)
        } catch let error as ErrandError {
            let problem = Problem(error)
            return OAuthPage.problem(problem.detail).response(problem.status)
        } catch {
            context.logger.error("The consent page failed", metadata: ["error": .string(String(reflecting: error))])
            return OAuthPage.problem("Something went wrong on our side.").response(.internalServerError)
        }
    }

    /// `GET /authorize`: asks a person who is signed in, and anybody else to sign in first.
    func authorize(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let query = request.uri.query ?? ""
        let parameters = try OAuthParameters(query)
        let (client, redirect) = try await self.client(parameters)
        let asked: OAuthRequest
        do throws(OAuthError) {
            asked = try self.request(parameters, client, redirect)
        } catch {
            let state = parameters["state"].map { String($0.prefix(OAuthDoor.stateLengthMax)) }
            let back = OAuthRequest(client: client, redirect: redirect, state: state, challenge: "", scopes: [])
            return OAuthDoor.redirect(
                to: back.answer([("error", error.code), ("error_description", error.detail)], tokens.issuer)
            )
        }
        guard let user = try await person(request, context) else {
            return OAuthPage.signIn(client, query: query, problem: nil).response(returningTo: redirect)
        }
        let note = try notes.seal(
            asked.note(for: user.id), for: OAuthDoor.requestPurpose, lifetime: OAuthDoor.consentLifetime
        )
        return OAuthPage.consent(asked, user, note: note).response(returningTo: redirect)
    }

    /// - Throws: ``OAuthError`` that only the person may see.
    private func client(_ parameters: OAuthParameters) async throws(OAuthError) -> (OAuthClient, String) {
        guard let id = parameters["client_id"], let client = await clients.find(id) else {
            throw OAuthError("invalid_client", "Errand does not know the program that sent you here.")
        }
        let redirect = parameters["redirect_uri"] ?? (client.redirects.count == 1 ? client.redirects[0] : "")
        guard client.mayReturn(to: redirect) else {
            throw OAuthError("invalid_request", "The program wants you sent to an address that it has not registered.")
        }
        return (client, redirect)
    }

    private func request(
        _ parameters: OAuthParameters, _ client: OAuthClient, _ redirect: String
    ) throws(OAuthError) -> OAuthRequest {
        guard parameters["response_type"] == "code" else {
            throw OAuthError("unsupported_response_type", "Only code is supported.")
        }
        guard let challenge = parameters["code_challenge"], challenge.utf8.count == 43,
            Base64URL.decode(challenge)?.count == 32, parameters["code_challenge_method"] == "S256"
        else { throw OAuthError("invalid_request", "PKCE with S256 is required.") }
        if let state = parameters["state"], state.utf8.count > OAuthDoor.stateLengthMax {
            throw OAuthError("invalid_request", "The state is too long.")
        }
        try checkResource(parameters)
        return OAuthRequest(
            client: client, redirect: redirect, state: parameters["state"], challenge: challenge,
            scopes: try OAuthDoor.scopes(parameters["scope"])
        )
    }

    /// The tokens are for one resource (RFC 8707).
    func checkResource(_ parameters: OAuthParameters) throws(OAuthError) {
        guard let resource = parameters["resource"] else { return }
        guard resource == tokens.resource || resource == tokens.resource + "/" || resource == tokens.issuer else {
            throw OAuthError("invalid_target", "Tokens of this server are for \(tokens.resource).")
        }
    }

    /// A refresh token is given in any case, so that it is asked for says nothing.
    static func scopes(_ text: String?) throws(OAuthError) -> Set<Scope> {
        let names = (text ?? "").split(separator: " ").map(String.init).filter { $0 != "offline_access" }
        if names.isEmpty { return scopesDefault }
        var scopes: Set<Scope> = []
        for name in names {
            guard let scope = OAuthDoor.scopes.first(where: { $0.scope.rawValue == name })?.scope else {
                throw OAuthError("invalid_scope", "There is no scope \(name.prefix(50)).")
            }
            scopes.insert(scope)
        }
        return scopes
    }

    /// The person whose browser it is; nil for nobody, or a session that is over.
    private func person(_ request: Request, _ context: ErrandRequestContext) async throws -> User? {
        let admission: Admission
        do {
            admission = try await services.gate.admit(request, context, by: .visitor)
        } catch ErrandError.unauthenticated {
            return nil
        }
        guard admission.credential?.isCookie == true, let principal = admission.principal,
            principal.scopes.contains(.manageCredentials)
        else { return nil }
        return try await services.operations.ask(ReadProfile(), as: principal)
    }

    /// `POST /authorize`: the person signs in, allows or refuses.
    func decide(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        let admission = try await services.gate.admit(request, context, by: .decision)
        let form = try await OAuthParameters(form: request)
        if let query = form["query"] { return try await signIn(form, query, admission.address, context) }
        guard let user = try await person(request, context), let sealed = form["request"],
            let note = notes.open(sealed, for: OAuthDoor.requestPurpose), note["u"]?.string == user.id.description,
            let redirect = note["r"]?.string
        else { throw OAuthError("invalid_request", "This page is too old. Go back to the program and begin again.") }
        let asked = OAuthRequest(
            client: try OAuthClient(
                id: note["c"]?.string ?? "", ["client_name": note["n"] ?? .null, "redirect_uris": [.string(redirect)]]
            ),
            redirect: redirect, state: note["s"]?.string, challenge: "", scopes: []
        )
        guard form["decision"] == "allow" else {
            return OAuthDoor.redirect(to: asked.answer([("error", "access_denied")], tokens.issuer))
        }
        var content = note.object ?? JSONObject()
        content["j"] = .string(Base64URL.encode(services.operations.environment.randomBytes(16)))
        content["s"] = nil
        let code = try notes.seal(.object(content), for: OAuthDoor.codePurpose, lifetime: OAuthDoor.codeLifetime)
        return OAuthDoor.redirect(to: asked.answer([("code", code)], tokens.issuer))
    }

    private func signIn(
        _ form: OAuthParameters, _ query: String, _ address: String, _ context: ErrandRequestContext
    ) async throws -> Response {
        let (client, redirect) = try await self.client(try OAuthParameters(query))
        do {
            let signIn = try SignInForm([
                "email": .string(form["email"] ?? ""), "password": .string(form["password"] ?? ""),
            ])
            let signedIn = try await services.signIn(signIn, at: address, from: origin(context, via: .page))
            var response = OAuthDoor.redirect(to: "/authorize?\(query)")
            SessionCookies(isSecure: services.isSecure).set(
                accessToken: try services.accessTokens.make(for: signedIn),
                refreshToken: try services.refreshTokens.make(for: signedIn.session), on: &response
            )
            return response
        } catch let problem as Problem where problem == .wrongPassword {
            return OAuthPage.signIn(client, query: query, problem: problem.detail)
                .response(.unauthorized, returningTo: redirect)
        }
    }

    /// See Other, so that a form is not sent on.
    private static func redirect(to address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address, .cacheControl: "no-store"])
    }
}
