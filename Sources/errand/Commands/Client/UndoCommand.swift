import ArgumentParser
import ErrandClient
import ErrandCore

struct UndoCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last change made from here, within ten minutes."
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "The undo token of another change.")
    var token: String?

    func run(in session: ClientSession) async throws {
        guard let token = try token ?? session.undo.token(at: session.server) else {
            throw ClientError.unexpected("There is nothing to undo.")
        }
        let reply = try await undone(token, session)
        session.show(reply.json) {
            let tasks = (reply.json["items"]?.array ?? []).compactMap(TaskView.init)
            if tasks.isEmpty { return ["Undone."] }
            return tasks.map { "Undone \($0.label)" + ($0.deletedAt == nil ? "" : " (in the trash)") }
        }
    }

    /// An undo is a change too: the server may answer what takes it back in turn.
    private func undone(_ token: String, _ session: ClientSession) async throws(ClientError) -> Reply {
        do {
            let reply = try await session.write(.post, ["undo"], body: ["token": .string(token)])
            if reply.undoToken == nil { try session.undo.clear() }
            return reply
        } catch {
            if case .problem(let problem) = error, problem.code == "undo_expired" { try session.undo.clear() }
            throw error
        }
    }
}
