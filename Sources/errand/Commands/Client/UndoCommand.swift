import ArgumentParser
import ErrandClient
import ErrandCore

struct UndoCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last change made from here, within ten minutes.",
        discussion: """
            Said again, it goes a step further back, up to \(UndoHistory.stepsMax) of them; errand redo brings back what
            was taken back, until you change something else. Each account has its own steps on each machine, kept in
            $XDG_CONFIG_HOME/errand/undo.json (~/.config by default), readable by you alone.
            """
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "The undo token of another change.")
    var token: String?

    func run(in session: ClientSession) async throws {
        let reply = try await session.step(.undo, token: token)
        session.showStep("Undone", reply)
    }
}

struct RedoCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Bring back what errand undo took back, within ten minutes.",
        discussion: "Said again, it goes a step further, until you change something else."
    )

    @OptionGroup var options: ClientOptions

    func run(in session: ClientSession) async throws {
        session.showStep("Redone", try await session.step(.redo))
    }
}

extension ClientSession {
    /// `Undone 12: Buy milk (in the trash)`, a line for each task.
    fileprivate func showStep(_ verb: String, _ reply: Reply) {
        show(reply.json) {
            let tasks = (reply.json["items"]?.array ?? []).compactMap(TaskView.init)
            if tasks.isEmpty { return ["\(verb)."] }
            return tasks.map { "\(verb) \($0.label)" + ($0.deletedAt == nil ? "" : " (in the trash)") }
        }
    }
}
