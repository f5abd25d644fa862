public import CivilTime
import ErrandCore
package import HTTPCalls

/// Posts to servers that users have named: public ones, and those that the operator lets be called besides.
///
/// Redirects are not followed, an address is checked when it is connected to, and whatever the other side does, a call
/// ends in time.
public struct ChannelCalls: Sendable {
    /// A body that does not come in this time is not waited for: the status has said what there is to say.
    private static let bodyTimeMax = Duration.seconds(2)

    private let calls: HTTPCalls
    private let now: @Sendable () -> Instant

    /// - Parameter privateHosts: see `HTTPCallOptions.privateHosts`.
    public init(privateHosts: Set<String>, now: @escaping @Sendable () -> Instant) {
        self.init(calls: HTTPCalls(ChannelCalls.options(privateHosts: privateHosts)), now: now)
    }

    /// - Parameter calls: made with ``options(privateHosts:)``.
    package init(calls: HTTPCalls, now: @escaping @Sendable () -> Instant) {
        self.calls = calls
        self.now = now
    }

    /// What holds for calls of servers that users have named.
    package static func options(privateHosts: Set<String>) -> HTTPCallOptions {
        var options = HTTPCallOptions(reach: .publicAddresses)
        options.privateHosts = privateHosts
        options.connectTimeout = .seconds(5)
        options.connectionsMax = 32
        options.redirectsMax = 0
        return options
    }

    /// One call, which ends by `deadline`.
    func post(_ call: HTTPCall, by deadline: Instant) async -> Result<ServerAnswer, HTTPCallError> {
        let time = max(deadline - now(), .milliseconds(1))
        let (calls, now) = (calls, now)
        return await ChannelCalls.within(time, else: .failure(.timedOut)) {
            do throws(HTTPCallError) {
                let stream = try await calls.stream(call)
                let body = await ChannelCalls.within(ChannelCalls.bodyTimeMax, else: []) {
                    await ChannelCalls.start(of: stream.body)
                }
                return .success(
                    ServerAnswer(status: stream.status, headers: stream.headers, body: body, at: now())
                )
            } catch {
                return .failure(error)
            }
        }
    }

    /// As much of a body as is read; whatever ends it early ends it.
    private static func start(of body: HTTPStream.Body) async -> [UInt8] {
        var bytes: [UInt8] = []
        var pieces = body.makeAsyncIterator()
        while bytes.count < ServerAnswer.bodyBytesMax, let piece = try? await pieces.next() {
            bytes += piece.prefix(ServerAnswer.bodyBytesMax - bytes.count)
        }
        return bytes
    }

    /// What `work` gives, or `late` when it takes too long or is cancelled.
    private static func within<Value: Sendable>(
        _ time: Duration, else late: Value, _ work: @escaping @Sendable () async -> Value
    ) async -> Value {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? late
        }
    }
}
