import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

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
        Response(
            status: .ok,
            headers: .eventStream,
            body: ResponseBody { writer in
                let client = Client()
                let (texts, mailbox) = AsyncStream.makeStream(
                    of: ByteBuffer.self, bufferingPolicy: .bufferingOldest(ChatStream.backlogMax))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await answer(taken, client, mailbox)
                        mailbox.finish()
                    }
                    for await text in texts where !client.isGone {
                        do {
                            try await writer.write(text)
                        } catch {
                            client.leave()
                        }
                    }
                    try await group.waitForAll()
                }
                if !client.isGone { try await writer.finish(nil) }
            }
        )
    }

    private func answer(
        _ taken: Chat.Taken, _ client: Client, _ mailbox: AsyncStream<ByteBuffer>.Continuation
    ) async {
        do throws(ErrandError) {
            let answer = try await chat.answer(taken) { (progress) async throws(CancellationError) in
                if case .dropped = mailbox.yield(ChatStream.text(of: progress)) { client.leave() }
                if client.isGone { throw CancellationError() }
            }
            mailbox.yield(ChatStream.event("done", answer.json))
        } catch {
            mailbox.yield(ChatStream.event("error", Problem(error).json(requestID: requestID)))
        }
    }

    private static func text(of progress: ChatProgress) -> ByteBuffer {
        switch progress {
        case .delta(let text): event("delta", ["text": .string(text)])
        case .tool(let call): event("tool", call)
        case .waiting: ByteBuffer(string: ": thinking\n\n")
        }
    }

    private static func event(_ name: String, _ data: JSONValue) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.text)\n\n")
    }

    /// Whoever waits for the answer, or has gone.
    private final class Client: Sendable {
        private let hasGone = Mutex(false)

        var isGone: Bool { hasGone.withLock { $0 } }

        func leave() { hasGone.withLock { $0 = true } }
    }
}

extension HTTPFields {
    /// Of an answer that is a stream of server-sent events.
    static let eventStream: HTTPFields = [
        .contentType: "text/event-stream", .cacheControl: "no-cache", .answerBuffering: "no",
    ]
}

extension HTTPField.Name {
    /// Asks proxies not to hold the stream back until a buffer is full.
    fileprivate static let answerBuffering: HTTPField.Name = {
        guard let name = HTTPField.Name("X-Accel-Buffering") else { preconditionFailure("It is a field name.") }
        return name
    }()
}
