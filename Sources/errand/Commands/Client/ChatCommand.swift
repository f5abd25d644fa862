import ArgumentParser
import ErrandClient
import ErrandCore
import Foundation

struct ChatCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Say what to do, in plain words.",
        discussion:
            "Example: errand chat --once \"what's overdue?\"\nWithout --once it goes on line by line until the end."
    )

    @OptionGroup var options: ClientOptions

    @Option(help: ArgumentHelp("Say this, and no more.", valueName: "message"))
    var once: String?

    @Option(help: ArgumentHelp("Go on with this conversation.", valueName: "id"))
    var conversation: String?

    func run(in session: ClientSession) async throws {
        if let once {
            _ = try await say(once, in: session, conversation)
            return
        }
        if Terminal.isInteractive { Terminal.remark("Say “help” for what can be said; end with Ctrl-D.") }
        var id = conversation
        var failure: ClientError?
        await StandardInput.forEachLine { line in
            let message = String(decoding: line, as: UTF8.self)
            guard failure == nil, message.contains(where: { !$0.isWhitespace }) else { return }
            do throws(ClientError) {
                id = try await say(message, in: session, id)
            } catch {
                // In a script the first failure ends it; a person can go on.
                if Terminal.isInteractive { Terminal.remark("errand: \(error.sentence)") } else { failure = error }
            }
        }
        if let failure { throw failure }
    }

    /// - Returns: the conversation that it was said in.
    private func say(
        _ message: String, in session: ClientSession, _ id: String?
    ) async throws(ClientError) -> String? {
        var body: JSONObject = ["message": .string(message)]
        if let id { body.append("conversation_id", .string(id)) }
        let reply = try await session.write(.post, ["chat"], body: .object(body))
        session.show(reply.json) {
            let text = reply.json["response"]?.string ?? ""
            return text.split(separator: "\n", omittingEmptySubsequences: false).map { PlainText.line(String($0)) }
        }
        return reply.json["conversation_id"]?.string ?? id
    }
}
