import ErrandCore
import WebSockets

/// Serves one WebSocket.
struct LiveSocket: Sendable {
    let connection: WebSocketConnection
    let hub: LiveHub
    let watch: LiveWatch
    let log: LiveLog
    let limits: LiveLimits
    let telemetry: LiveTelemetry

    /// Returns when the connection is over.
    ///
    /// - Parameter credential: what the request showed; nil when the first frame has to.
    func serve(_ credential: (text: String, user: UserID)?) async {
        let session = LiveSession(
            credential: credential?.text,
            checkAt: .now + (credential == nil ? limits.signInTime : limits.recheckPause), beat: {}, finish: finish
        )
        guard watch.enter(session) else { return finish(.unavailable) }
        do throws(ErrandError) {
            if let credential { try await open(session, for: credential.user) }
            try await listen(to: session)
        } catch {
            session.end(.unavailable)
        }
        if let window = session.window { hub.close(window) }
        watch.leave(session)
    }

    @Sendable private func finish(_ reason: LiveEnd) {
        telemetry.ended(reason)
        connection.close(code: reason.code, reason: reason.rawValue)
    }

    private func open(_ session: LiveSession, for user: UserID) async throws(ErrandError) {
        let connection = connection
        let window = LiveWindow(
            userID: user,
            deliver: { frame in
                if connection.send(frame.text) { return .sent }
                return connection.isOpen ? .full : .gone
            },
            finish: finish
        )
        if let refusal = hub.open(window) { return window.end(refusal) }
        session.open(window)
        try await log.greet(window)
    }

    private func listen(to session: LiveSession) async throws(ErrandError) {
        var minute = ContinuousClock.now
        var count = 0
        while let text = await connection.nextMessage() {
            if ContinuousClock.now - minute > .seconds(60) { (minute, count) = (.now, 0) }
            count += 1
            if count > limits.messagesPerMinuteMax { return session.end(.tooManyMessages) }
            switch LiveMessage(text) {
            case nil: return session.end(.badFrame)
            case .auth(let token)?: try await authenticate(session, token)
            case .resume(let cursor)?:
                guard let window = session.window else { return session.end(.unauthenticated) }
                try await log.resume(window, from: cursor)
            }
        }
    }

    private func authenticate(_ session: LiveSession, _ token: String) async throws(ErrandError) {
        do throws(ErrandError) {
            let user = try await watch.user(token)
            if let window = session.window, window.userID != user { return session.end(.unauthenticated) }
            session.renew(token, until: .now + limits.recheckPause)
            if session.window == nil { try await open(session, for: user) }
        } catch .unauthenticated {
            session.end(.unauthenticated)
        } catch .insufficientScope {
            session.end(.forbidden)
        }
    }
}
