import ErrandCore
import ErrandHTTP
import Hummingbird
import NIOCore

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
    /// A slow client is told of less, and never keeps the import waiting.
    private static let backlogMax = 8

    func response() -> Response {
        EventAnswer.response(backlog: .bufferingNewest(ImportStream.backlogMax)) { client in
            client.tell(await lastEvent(client))
        }
    }

    private func lastEvent(_ client: EventAnswer.Client) async -> ByteBuffer {
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
                client.tell(EventAnswer.event("progress", progress.json))
            }
            return EventAnswer.event("done", report.json)
        } catch {
            return EventAnswer.event("error", Problem(error).json(requestID: context.requestID))
        }
    }
}
