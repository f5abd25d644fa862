import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import WebSockets

/// Serves one stream of server-sent events.
struct LiveStream: Sendable {
    let hub: LiveHub
    let watch: LiveWatch
    let log: LiveLog
    let limits: LiveLimits
    let telemetry: LiveTelemetry

    /// - Parameter cursor: go on after this change; nil to begin now.
    func response(to user: UserID, credential: String, from cursor: ChangeNumber?) -> Response {
        let body = ResponseBody { writer in
            let (texts, mailbox) = AsyncStream.makeStream(
                of: String.self, bufferingPolicy: .bufferingOldest(limits.framesMax)
            )
            let session = open(user, credential, mailbox)
            defer {
                if let window = session.window { hub.close(window) }
                watch.leave(session)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await begin(session, from: cursor) }
                for await text in texts.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: text))
                }
                group.cancelAll()
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
            body: body
        )
    }

    private func open(
        _ user: UserID, _ credential: String, _ mailbox: AsyncStream<String>.Continuation
    ) -> LiveSession {
        let telemetry = telemetry
        let finish: @Sendable (LiveEnd) -> Void = { reason in
            telemetry.ended(reason)
            // The reason is the last word; a stream has no close codes.
            mailbox.yield("event: end\ndata: {\"type\":\"end\",\"reason\":\"\(reason.rawValue)\"}\n\n")
            mailbox.finish()
        }
        let session = LiveSession(
            credential: credential, checkAt: .now + limits.recheckPause,
            beat: { mailbox.yield(": alive\n\n") }, finish: finish
        )
        let window = LiveWindow(
            userID: user,
            deliver: { frame in
                switch mailbox.yield(frame.serverSentEvent) {
                case .enqueued: .sent
                case .dropped: .full
                default: .gone
                }
            },
            finish: finish
        )
        session.open(window)
        if !watch.enter(session) {
            window.end(.unavailable)
        } else if let refusal = hub.open(window) {
            window.end(refusal)
        }
        return session
    }

    private func begin(_ session: LiveSession, from cursor: ChangeNumber?) async {
        guard let window = session.window else { return }
        do throws(ErrandError) {
            try await log.greet(window, from: cursor)
        } catch {
            window.end(.unavailable)
        }
    }
}

extension HTTPField.Name {
    /// Asks proxies not to hold the stream back until a buffer is full.
    fileprivate static let accelBuffering: HTTPField.Name = {
        guard let name = HTTPField.Name("X-Accel-Buffering") else { preconditionFailure("It is a field name.") }
        return name
    }()
}
