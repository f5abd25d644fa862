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
        if EditedLines.areThere, !session.printsJSON { return await talk(in: session) }
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

    /// Line by line with a person; answers are shown as they come, and Ctrl-C ends the one that does.
    private func talk(in session: ClientSession) async {
        Terminal.remark("Say “help” for what can be said; Ctrl-C stops an answer, Ctrl-D ends.")
        var id = conversation
        await EditedLines.forEach(prompt: "> ") { line in
            guard line.contains(where: { !$0.isWhitespace }) else { return }
            var body: JSONObject = ["message": .string(line)]
            if let id { body.append("conversation_id", .string(id)) }
            let message = JSONValue.object(body)
            do throws(ClientError) {
                let answer = try await Interrupts.ending { () async throws(ClientError) in
                    try await session.say(message) { news in
                        if case .text(let piece) = news { Terminal.show(PlainText.lines(piece)) }
                    }
                }
                Terminal.write("")
                if let answer { id = answer["conversation_id"]?.string ?? id } else { Terminal.remark("Stopped.") }
            } catch {
                Terminal.remark("errand: \(error.sentence)")
            }
        }
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
