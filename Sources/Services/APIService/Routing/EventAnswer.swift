import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// An answer that is a stream of server-sent events, about work that goes on meanwhile.
enum EventAnswer {
    /// Whoever waits for the answer, or has gone.
    final class Client: Sendable {
        private let hasGone = Mutex(false)
        private let mailbox: AsyncStream<ByteBuffer>.Continuation

        fileprivate init(_ mailbox: AsyncStream<ByteBuffer>.Continuation) { self.mailbox = mailbox }

        var isGone: Bool { hasGone.withLock { $0 } }

        func leave() { hasGone.withLock { $0 = true } }

        /// - Returns: false where too much waits already, and this or something before it is left out.
        @discardableResult
        func tell(_ text: ByteBuffer) -> Bool {
            if case .dropped = mailbox.yield(text) { false } else { true }
        }

        fileprivate func finish() { mailbox.finish() }
    }

    /// - Parameters:
    ///   - backlog: what may wait for a slow client, and what becomes of the rest.
    ///   - work: tells the client; the answer ends with it.
    static func response(
        backlog: AsyncStream<ByteBuffer>.Continuation.BufferingPolicy,
        _ work: @escaping @Sendable (Client) async -> Void
    ) -> Response {
        Response(
            status: .ok, headers: fields,
            body: ResponseBody { writer in
                let (texts, mailbox) = AsyncStream.makeStream(of: ByteBuffer.self, bufferingPolicy: backlog)
                let client = Client(mailbox)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await work(client)
                        client.finish()
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

    static func event(_ name: String, _ data: JSONValue) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.text)\n\n")
    }

    private static let fields: HTTPFields = [
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
