import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// An import that is told of as server-sent events: `progress` as it goes on, then `done` with the report, or `error`
/// with a problem. Once the client has gone the import ends behind the slice that it is at, and sending the same file
/// again goes on from there.
struct ImportStream: Sendable {
    let operations: Operations
    let file: ImportFile
    let options: ImportOptions
    let principal: Principal
    let context: ErrandRequestContext
    /// Held until the import has ended.
    let place: ImportDesk.Place

    /// Between two events about the progress.
    private static let pause = Duration.milliseconds(200)

    func response() -> Response {
        Response(
            status: .ok, headers: .eventStream,
            body: ResponseBody { writer in
                let client = Client()
                // A slow client is told of less, and never keeps the import waiting.
                let (news, mailbox) = AsyncStream.makeStream(of: ByteBuffer.self, bufferingPolicy: .bufferingNewest(8))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        mailbox.yield(await lastEvent(mailbox, client))
                        mailbox.finish()
                    }
                    for await text in news where !client.isGone {
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

    private func lastEvent(_ mailbox: AsyncStream<ByteBuffer>.Continuation, _ client: Client) async -> ByteBuffer {
        defer { withExtendedLifetime(place) {} }
        let clock = ContinuousClock()
        var next = clock.now + ImportStream.pause
        do throws(ErrandError) {
            let report = try await operations.importTasks(
                file, options, as: principal, for: context.correlation
            ) { (progress) async throws(CancellationError) in
                if client.isGone { throw CancellationError() }
                let now = clock.now
                guard now >= next else { return }
                next = now + ImportStream.pause
                mailbox.yield(ImportStream.event("progress", progress.json))
            }
            return ImportStream.event("done", report.json)
        } catch {
            return ImportStream.event("error", Problem(error).json(requestID: context.requestID))
        }
    }

    /// Whoever waits for the answer, or has gone.
    private final class Client: Sendable {
        private let hasGone = Mutex(false)

        var isGone: Bool { hasGone.withLock { $0 } }

        func leave() { hasGone.withLock { $0 = true } }
    }

    private static func event(_ name: String, _ data: JSONValue) -> ByteBuffer {
        ByteBuffer(string: "event: \(name)\ndata: \(data.text)\n\n")
    }
}
