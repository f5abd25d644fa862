import ErrandCore
import ErrandHTTP
import Hummingbird
import ModelContextProtocol
import NIOCore
import ServiceLifecycle
import Synchronization

extension AgentDoor {
    /// Between two signs of life on a silent stream; also how often its credential is looked at again.
    private static let beat = Duration.seconds(15)
    private static let backlogMax = 256

    /// Tells of changes until the client goes or the credential ends.
    func listen(
        _ wanted: Subscription, _ caller: AgentHost.Caller, credential: String
    ) async throws -> Response {
        let user = caller.principal.userID
        var followed = wanted
        followed.keep(where: AgentChanges.isFollowed)
        let subscription = followed
        guard listeners.haveRoom(for: user) else { throw ErrandError.rateLimited(retryAfter: AgentDoor.beat) }
        let watch = AgentWatch(store, for: user)
        let start = try await watch.end()
        let body = ResponseBody { writer in
            listeners.enter(user)
            defer { listeners.leave(user) }
            let (texts, mailbox) = AsyncStream.makeStream(
                of: ByteBuffer.self, bufferingPolicy: .bufferingOldest(AgentDoor.backlogMax)
            )
            if let first = subscription.acknowledgement { mailbox.yield(AgentDoor.event(first)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await follow(watch, from: start, subscription, credential, mailbox) }
                for await text in texts.cancelOnGracefulShutdown() { try await writer.write(text) }
                group.cancelAll()
            }
            if let last = subscription.end { try await writer.write(AgentDoor.event(last)) }
            try await writer.finish(nil)
        }
        return AgentDoor.eventStream(body)
    }

    /// Looks at the log again and again; ends the stream when nobody may read any more.
    private func follow(
        _ watch: AgentWatch, from start: ChangeNumber, _ subscription: Subscription, _ credential: String,
        _ mailbox: AsyncStream<ByteBuffer>.Continuation
    ) async {
        defer { mailbox.finish() }
        var place = start
        var beatAt = ContinuousClock.now + AgentDoor.beat
        while (try? await Task.sleep(for: AgentWatch.pause)) != nil {
            do throws(ErrandError) {
                if ContinuousClock.now >= beatAt {
                    beatAt = ContinuousClock.now + AgentDoor.beat
                    let principal = try await gate.principal(credential, by: .agent)
                    guard principal.scopes.contains(.readTasks) else { return }
                    mailbox.yield(ByteBuffer(string: ": alive\n\n"))
                }
                let (changes, end) = try await watch.changes(after: place)
                place = end
                for uri in subscription.uris where changes.affect(uri) {
                    // A client that does not keep up is sent away, and reads everything again.
                    if case .dropped = mailbox.yield(AgentDoor.event(subscription.updated(uri))) { return }
                }
            } catch .unauthenticated {
                return
            } catch {
                // The store cannot answer now; the next look asks again.
            }
        }
    }
}

/// How many listen, so that nobody keeps all others out.
final class AgentListeners: Sendable {
    private static let perUserMax = 16
    private static let inAllMax = 2_000

    private struct State {
        var counts: [UserID: Int] = [:]
        var all = 0
    }

    private let state = Mutex(State())

    func haveRoom(for user: UserID) -> Bool {
        state.withLock { state in
            state.all < AgentListeners.inAllMax && state.counts[user] ?? 0 < AgentListeners.perUserMax
        }
    }

    func enter(_ user: UserID) {
        state.withLock { state in
            state.counts[user, default: 0] += 1
            state.all += 1
        }
    }

    func leave(_ user: UserID) {
        state.withLock { state in
            let left = (state.counts[user] ?? 0) - 1
            state.counts[user] = left > 0 ? left : nil
            state.all -= 1
        }
    }
}
