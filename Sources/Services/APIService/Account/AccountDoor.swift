public import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import Hummingbird
import Logging
public import SignedTokens

/// The pages that links in mails lead to, and where a link is asked for. Opening one changes nothing, since programs
/// that look into mails open links too: a button does.
struct AccountDoor: Sendable {
    private static let notes = "/account/"

    let services: APIServices
    let notes: SealedNotes

    func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        add("forgot-password", to: router, show: { _ in .forgotten() }, send: forget)
        add("reset-password", to: router, show: { .newPassword(token: $0["token"] ?? "", problem: nil) }, send: reset)
        addLeaving(to: router)
        add("reminder", to: router, show: showAction, send: follow)
        add("verify-email", to: router, show: { .verification(token: $0["token"] ?? "") }, send: verify)
        add(
            "verify-channel", to: router, show: { .channelVerification(token: $0["token"] ?? "") }, send: verifyChannel)
    }

    /// One click ends mails of a type (RFC 8058 §3.1): a POST without a sign-in, from anywhere, answered without
    /// another page in between. Opening the address shows a button.
    private func addLeaving(to router: some RouterMethods<ErrandRequestContext>) {
        router.get("/u/{token}") { request, context in
            await page(context) {
                _ = try await services.gate.admit(request, context, by: .reader)
                let (leave, token) = try leaving(context)
                return (.leaving(leave.type, token: token), .ok)
            }
        }
        router.post("/u/{token}") { request, context in
            await page(context) {
                _ = try await services.gate.admit(request, context, by: .program)
                _ = try await request.body.collect(upTo: 65_536)
                let (leave, _) = try leaving(context)
                _ = try await services.operations.perform(leave, as: leave.principal, for: context.correlation)
                return (.told("Done", "You are sent no more of these mails."), .ok)
            }
        }
        router.refuseMethods(at: "/u/{token}", but: [.get, .post])
    }

    private func leaving(_ context: ErrandRequestContext) throws -> (LeaveMails, String) {
        let token = context.parameters.get("token") ?? ""
        guard let leave = notes.open(token, for: MailedActionLinks.leaving).flatMap({ LeaveMails($0) }) else {
            throw ErrandError.conflict(.linkExpired)
        }
        return (leave, token)
    }

    private func add(
        _ name: String, to router: some RouterMethods<ErrandRequestContext>,
        show: @escaping @Sendable (OAuthParameters) -> OAuthPage,
        send: @escaping @Sendable (OAuthParameters, Sender) async throws -> OAuthPage
    ) {
        let path = RouterPath(AccountDoor.notes + name)
        router.get(path) { request, context in
            await page(context) {
                _ = try await services.gate.admit(request, context, by: .reader)
                return (show(try OAuthParameters(request.uri.query ?? "")), .ok)
            }
        }
        router.post(path) { request, context in
            await page(context) {
                let admission = try await services.gate.admit(request, context, by: .decision)
                let sender = Sender(
                    address: admission.address, origin: RequestOrigin(via: .page, correlation: context.correlation)
                )
                return (try await send(try await OAuthParameters(form: request), sender), .ok)
            }
        }
        router.refuseMethods(at: path, but: [.get, .post])
    }

    /// Who sends a form.
    struct Sender: Sendable {
        let address: String
        let origin: RequestOrigin
    }

    private func forget(_ form: OAuthParameters, _ sender: Sender) async throws -> OAuthPage {
        let json: JSONValue = ["email": .string(form["email"]?.trimmingCharacters(in: .whitespaces) ?? "")]
        try await services.forgetPassword(try ForgottenForm(json), at: sender.address)
        return .told(
            "Look into your mails",
            "If there is an account with this address, a link to set a new password is on its way to it."
        )
    }

    private func reset(_ form: OAuthParameters, _ sender: Sender) async throws -> OAuthPage {
        let token = form["token"] ?? ""
        do {
            let json: JSONValue = ["token": .string(token), "new_password": .string(form["new_password"] ?? "")]
            try await services.resetPassword(try ResetForm(json), from: sender.origin)
        } catch let error as ErrandError {
            guard case .invalid(let problems) = error, problems.allSatisfy({ $0.place == .body("/new_password") })
            else {
                throw error
            }
            return .newPassword(token: token, problem: error.detail)
        }
        return .told("Your password is changed", "All sessions were ended. Sign in with the new password.")
    }

    private func verify(_ form: OAuthParameters, _ sender: Sender) async throws -> OAuthPage {
        let form = try VerifyForm(["token": .string(form["token"] ?? "")])
        try await services.accounts.verifyAddress(token: mailTokenHash(form.token), from: sender.origin)
        return .told("Thank you", "Your e-mail address is confirmed.")
    }

    private func verifyChannel(_ form: OAuthParameters, _ sender: Sender) async throws -> OAuthPage {
        let form = try VerifyForm(["token": .string(form["token"] ?? "")])
        try await services.accounts.verifyChannel(token: mailTokenHash(form.token), from: sender.origin)
        return .told(
            "Thank you", "Reminders may come to this address from now on. Each mail has a link that ends them.")
    }

    /// What a link of a reminder is for; opening it does not do it.
    private func showAction(_ query: OAuthParameters) -> OAuthPage {
        guard let token = query["token"], let action = action(token) else {
            return .problem("Links in reminders work for a day.")
        }
        return .action(action, token: token)
    }

    private func follow(_ form: OAuthParameters, _ sender: Sender) async throws -> OAuthPage {
        guard let action = form["token"].flatMap(action) else { throw ErrandError.conflict(.linkExpired) }
        let command = FollowMailedAction(action)
        let task = try await services.operations.perform(
            command, as: command.principal, for: sender.origin.correlation
        ).outcome
        let done = "“\(task.title)” is done."
        if case .done = action.act { return .told("Done", done) }
        return .told("Put off", "“\(task.title)” comes again in an hour.")
    }

    private func action(_ token: String) -> MailedAction? {
        notes.open(token, for: MailedActionLinks.purpose).flatMap { MailedAction($0) }
    }

    private func page(
        _ context: ErrandRequestContext, _ work: () async throws -> (OAuthPage, HTTPResponse.Status)
    ) async -> Response {
        do {
            let (page, status) = try await work()
            return page.response(status)
        } catch let error as OAuthError {
            return OAuthPage.problem(error.detail).response(.badRequest)
        } catch let problem as Problem {
            return OAuthPage.problem(problem.detail).response(problem.status)
        } catch let error as ErrandError {
            let problem = Problem(error)
            return OAuthPage.problem(problem.detail).response(problem.status)
        } catch let error as HTTPError {
            return OAuthPage.problem(error.status.reasonPhrase).response(error.status)
        } catch {
            context.logger.error("An account page failed", metadata: ["error": .string(String(reflecting: error))])
            return OAuthPage.problem("Something went wrong on our side.").response(.internalServerError)
        }
    }
}

extension EntryRule {
    /// Whoever opens a link: nobody is asked who they are.
    static let reader = EntryRule(proof: .ignored, origin: .unchecked, count: .nobody)
}

extension OAuthPage {
    static func forgotten() -> OAuthPage {
        OAuthPage(
            title: "Forgot your password?",
            body: """
                <h1>Forgot your password?</h1>
                <p>Write the e-mail address of your account. You are sent a link to set a new password.</p>
                <form method="post" action="/account/forgot-password">
                <label>E-mail<input name="email" type="email" autocomplete="username" required autofocus></label>
                <button class="primary">Send the link</button>
                </form>
                """
        )
    }

    static func newPassword(token: String, problem: String?) -> OAuthPage {
        OAuthPage(
            title: "Set a new password",
            body: """
                <h1>Set a new password</h1>
                <p>At least 8 characters; 15 or more is safer. All sessions end, and you sign in anew.</p>
                \(problem.map { "<p class=\"problem\" role=\"alert\">\(escaped($0))</p>" } ?? "")
                <form method="post" action="/account/reset-password">
                <input type="hidden" name="token" value="\(escaped(token))">
                <label>New password<input name="new_password" type="password" autocomplete="new-password" required \
                autofocus></label>
                <button class="primary">Set the password</button>
                </form>
                """
        )
    }

    static func verification(token: String) -> OAuthPage {
        OAuthPage(
            title: "Confirm your e-mail address",
            body: """
                <h1>Confirm your e-mail address</h1>
                <p>Is this address yours? Then reminders and news of your account may go there.</p>
                <form method="post" action="/account/verify-email">
                <input type="hidden" name="token" value="\(escaped(token))">
                <button class="primary">Confirm</button>
                </form>
                """
        )
    }

    static func channelVerification(token: String) -> OAuthPage {
        OAuthPage(
            title: "Reminders at this address?",
            body: """
                <h1>Reminders at this address?</h1>
                <p>Is this address yours, and do you want reminders from Errand there? Otherwise close this page.</p>
                <form method="post" action="/account/verify-channel">
                <input type="hidden" name="token" value="\(escaped(token))">
                <button class="primary">Yes, send them here</button>
                </form>
                """
        )
    }

    static func action(_ action: MailedAction, token: String) -> OAuthPage {
        let words =
            if case .done = action.act { ("Is it done?", "Mark as done") } else { ("Later?", "Remind me in an hour") }
        return OAuthPage(
            title: words.0,
            body: """
                <h1>\(words.0)</h1>
                <form method="post" action="/account/reminder">
                <input type="hidden" name="token" value="\(escaped(token))">
                <button class="primary">\(words.1)</button>
                </form>
                """
        )
    }

    static func leaving(_ type: NotificationType, token: String) -> OAuthPage {
        OAuthPage(
            title: "No more of these mails?",
            body: """
                <h1>No more of these mails?</h1>
                <p>You are sent no more mails of the kind “\(escaped(type.rawValue))”. The settings take it back.</p>
                <form method="post" action="/u/\(escaped(token))">
                <button class="primary" name="List-Unsubscribe" value="One-Click">No more of these</button>
                </form>
                """
        )
    }

    /// What was done.
    static func told(_ title: String, _ sentence: String) -> OAuthPage {
        OAuthPage(
            title: title,
            body: """
                <h1>\(escaped(title))</h1><p role="status">\(escaped(sentence))</p>
                <p><a href="/">Go on to Errand</a></p>
                """
        )
    }
}

/// Where links in the mails of reminders lead.
public struct MailedActionLinks: Sendable {
    static let purpose = "mailed-action"
    static let leaving = "mailed-leave"

    private let notes: SealedNotes
    private let publicURL: String

    /// - Parameter publicURL: where people reach the server, without a slash at its end.
    public init(notes: SealedNotes, publicURL: String) {
        self.notes = notes
        self.publicURL = publicURL
    }

    /// - Returns: nil while there is no key to seal it with.
    public func address(of action: MailedAction) -> String? {
        let note = try? notes.seal(
            action.json, for: MailedActionLinks.purpose, lifetime: Limits.mailedActionLifetime)
        return note.map { "\(publicURL)/account/reminder?token=\($0)" }
    }

    /// Where mails of a type end at a POST; good for as long as the user is there.
    public func address(of leave: LeaveMails) -> String? {
        (try? notes.seal(leave.json, for: MailedActionLinks.leaving)).map { "\(publicURL)/u/\($0)" }
    }
}
