import ArgumentParser
import ErrandClient
import ErrandCore

struct LogoutCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "End the session and forget the credentials.",
        discussion: "A personal access token is only forgotten; revoke it where it was made."
    )

    @OptionGroup var options: ClientOptions

    @Flag(help: "End all your sessions, in browsers too.")
    var everywhere = false

    func run(in session: ClientSession) async throws {
        try await session.endAgent()
        let forgotten = try await session.credentials.remove(at: session.server)
        guard let forgotten else { throw ClientError.notSignedIn("You are not signed in at \(session.server).") }
        try await session.undo.change(of: session.undoOwner(forgotten)) { $0 = UndoHistory() }
        if case .signedIn(let old) = forgotten {
            let form: JSONValue = ["refresh_token": .string(old.refreshToken), "everywhere": .bool(everywhere)]
            do {
                _ = try await session.client(as: .nobody).send(.account("sign-out", body: form))
            } catch {
                Terminal.remark("errand: Forgotten here, but the server has not ended the session. \(error.sentence)")
                throw ExitCode(error.exitStatus)
            }
        }
        session.show(.null) { ["Signed out at \(session.server)."] }
    }
}
