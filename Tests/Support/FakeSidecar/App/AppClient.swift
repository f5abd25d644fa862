import CivilTime
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A request of the sidecar to the app.
struct AppRequest: Sendable {
    var method = HTTPMethod.POST
    /// With its query, percent-encoded.
    var path: String
    var headers: [(name: String, value: String)] = []
    /// Sent in chunks, without its length; nil for no body at all.
    var body: [UInt8]?
}

/// What the app answered.
struct AppAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]
}

/// Why there is no answer.
enum AppCallError: Error, Hashable {
    case noConnection
    case timedOut
    /// The app may have done what it was asked for, or not.
    case brokenOff
}

/// Speaks HTTP/1.1 with apps on this machine, and keeps connections for the next request.
///
/// Bodies go out chunked without `Content-Length`, which is how the sidecar sends events.
final class AppClient: Sendable {
    static let answerBytesMax = 4 * 1024 * 1024
    static let connectTimeout = TimeAmount.seconds(1)
    static let idleMax = 64

    private let idle = Mutex<[Int: [any Channel]]>([:])

    /// - Parameter timeout: waits without limit when nil, as the sidecar does unless told otherwise.
    func send(_ request: AppRequest, to port: Int, timeout: Duration? = nil) async throws(AppCallError) -> AppAnswer {
        let channel = try await connection(to: port)
        let answer = channel.eventLoop.makePromise(of: AppAnswer.self)
        let timer = timeout.map { timeout in
            channel.eventLoop.scheduleTask(in: .milliseconds(timeout.wholeMilliseconds)) {
                answer.fail(AppCallError.timedOut)
                channel.close(promise: nil)
            }
        }
        defer { timer?.cancel() }
        do {
            // A task that is cancelled closes its connection, or a silent app would keep it for ever.
            let result = try await withTaskCancellationHandler {
                // Fails when the connection went away meanwhile.
                channel.writeAndFlush(AppExchange(request: request, port: port, answer: answer))
                    .cascadeFailure(to: answer)
                return try await answer.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
            keep(channel, to: port)
            return result
        } catch {
            channel.close(promise: nil)
            throw error as? AppCallError ?? .brokenOff
        }
    }

    /// Whether something listens on the port.
    func accepts(_ port: Int) async -> Bool {
        guard let channel = try? await connect(to: port) else { return false }
        channel.close(promise: nil)
        return true
    }

    func closeAll() {
        let channels = idle.withLock { idle in
            defer { idle = [:] }
            return idle.values.joined()
        }
        for channel in channels { channel.close(promise: nil) }
    }

    private func connection(to port: Int) async throws(AppCallError) -> any Channel {
        while let channel = idle.withLock({ $0[port]?.popLast() }) {
            if channel.isActive { return channel }
        }
        return try await connect(to: port)
    }

    private func connect(to port: Int) async throws(AppCallError) -> any Channel {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(AppClient.connectTimeout)
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                        try pipeline.addHandler(AppExchangeHandler())
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        } catch {
            throw .noConnection
        }
    }

    private func keep(_ channel: any Channel, to port: Int) {
        guard channel.isActive else { return }
        let isKept = idle.withLock { idle in
            guard idle[port, default: []].count < AppClient.idleMax else { return false }
            idle[port, default: []].append(channel)
            return true
        }
        if !isKept { channel.close(promise: nil) }
    }
}
