import ArgumentParser
import CivilTime
import ErrandClient
import ErrandCore

struct LoginCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Sign in at a server, or make an account.",
        discussion: """
            The credentials are kept in $XDG_CONFIG_HOME/errand/credentials.json (~/.config by default), readable by
            you alone. ERRAND_SERVER and ERRAND_TOKEN win over them.
            """
    )

    @OptionGroup var options: ClientOptions

    @Option(help: "Your e-mail address; asked for when left out.")
    var email: String?

    @Option(help: "Your name, for a new account.")
    var name: String?

    @Flag(help: "Make an account.")
    var signUp = false

    @Flag(help: "Store a personal access token instead of signing in.")
    var token = false

    @Flag(
        name: [.customLong("password-stdin"), .customLong("token-stdin")],
        help: "Read the password or token from standard input."
    )
    var readsInput = false

    func validate() throws {
        if token, signUp || email != nil || name != nil {
            throw ValidationError("--token goes without --sign-up, --email and --name.")
        }
        if name != nil, !signUp { throw ValidationError("--name needs --sign-up.") }
    }

    func run(in session: ClientSession) async throws {
        if session.server.isExposed {
            Terminal.remark("errand: Warning: what you send to \(session.server) can be read on the way.")
        }
        let (stored, user) = token ? try await checkedToken(session) : try await opened(session)
        try await session.credentials.store(stored, at: session.server)
        session.show(user) {
            let name = user["email"]?.string.map { " as \(PlainText.line($0))" } ?? ""
            return ["Signed in at \(session.server)\(name)."]
        }
        if session.hasEnvironmentToken {
            Terminal.remark("errand: ERRAND_TOKEN is set and wins over these credentials.")
        }
    }

    private func opened(_ session: ClientSession) async throws(ClientError) -> (StoredSession, JSONValue) {
        let email = if let email { email } else { try Prompt.ask("E-mail") }
        var form: JSONObject = ["email": .string(email), "password": .string(try password())]
        if signUp {
            if let name { form.append("name", .string(name)) }
            form.append("time_zone", .string(ClientSession.zone.identifier))
        }
        return try await session.client(as: .nobody).open(signUp ? "sign-up" : "sign-in", .object(form))
    }

    private func password() throws(ClientError) -> String {
        if readsInput { return try Prompt.readInput() }
        let password = try Prompt.ask("Password", isSecret: true)
        if signUp, try Prompt.ask("The same again", isSecret: true) != password {
            throw .unexpected("The passwords differ.")
        }
        return password
    }

    /// A token without the right to read the account is as good as any other.
    private func checkedToken(_ session: ClientSession) async throws(ClientError) -> (StoredSession, JSONValue) {
        let token = try readsInput ? Prompt.readInput() : Prompt.ask("Token", isSecret: true)
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unexpected("That is not a token.")
        }
        do {
            return (.token(token), try await session.client(as: .token(token)).send(.read(["me"])).json)
        } catch {
            guard case .problem(let problem) = error, problem.code == "insufficient_scope" else { throw error }
            return (.token(token), .null)
        }
    }
}
