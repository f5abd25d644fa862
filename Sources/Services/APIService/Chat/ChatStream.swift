import ErrandCore
import ErrandHTTP
import Hummingbird
import NIOCore

/// An answer of the chat as server-sent events: `delta` and `tool` as they happen, then `done` with all of it, or
/// `error` with a problem; comments while nothing happens.
///
/// Once the client has gone the next thing that is to be told says so to the chat, which ends the work of a model; what
/// was done by then is kept.
struct ChatStream: Sendable {
    let chat: Chat
    let requestID: String
    /// Events that may wait for a slow client; one that does not keep up counts as gone.
    private static let backlogMax = 4_096

    func response(to taken: Chat.Taken) -> Response {
        EventAnswer.response(backlog: .bufferingOldest(ChatStream.backlogMax)) { client in
            do throws(ErrandError) {
                let answer = try await chat.answer(taken) { (progress) async throws(CancellationError) in
                    if !client.tell(ChatStream.text(of: progress)) { client.leave() }
                    if client.isGone { throw CancellationError() }
                }
                client.tell(EventAnswer.event("done", answer.json))
            } catch {
                client.tell(EventAnswer.event("error", Problem(error).json(requestID: requestID)))
            }
        }
    }

    private static func text(of progress: ChatProgress) -> ByteBuffer {
        switch progress {
        case .delta(let text): EventAnswer.event("delta", ["text": .string(text)])
        case .tool(let call): EventAnswer.event("tool", call)
        case .waiting: ByteBuffer(string: ": thinking\n\n")
        }
    }
}
