import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The socket of the sidecar's API.
///
/// Made of NIO's handlers, since a sidecar is killed in tests: all its connections break at that moment.
struct SidecarServer: Sendable {
    /// `dapr.io/max-body-size`, as it is unless set.
    static let bodyBytesMax = 4 * 1024 * 1024

    let api: SidecarAPI
    let faults: Faults
    let onListening: @Sendable (Int) -> Void

    /// On a free port of this machine, until the task is cancelled.
    func run() async throws {
        let (exchanges, feed) = AsyncStream.makeStream(of: APIExchange.self)
        let connections = ConnectionSet()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                connections.add(channel)
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(APIExchangeHandler { feed.yield($0) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        if let port = listener.localAddress?.port { onListening(port) }
        await withDiscardingTaskGroup { group in
            for await exchange in exchanges {
                group.addTask { await answer(exchange) }
            }
            listener.close(promise: nil)
            connections.closeAll()
        }
        try await listener.closeFuture.get()
    }

    private func answer(_ exchange: APIExchange) async {
        let answer = await api.answer(exchange.call)
        if faults.answerDelay > .zero { try? await Task.sleep(for: faults.answerDelay) }
        exchange.channel.writeAndFlush(answer, promise: nil)
    }
}

/// A request that waits for its answer, which is written to the channel.
struct APIExchange: Sendable {
    let call: APICall
    let channel: any Channel
}

/// The connections that are open.
private final class ConnectionSet: Sendable {
    private let channels = Mutex<(open: [ObjectIdentifier: any Channel], isOver: Bool)>(([:], false))

    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let isOver = channels.withLock { channels in
            if !channels.isOver { channels.open[id] = channel }
            return channels.isOver
        }
        if isOver { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in self.channels.withLock { $0.open[id] = nil } }
    }

    func closeAll() {
        let open = channels.withLock { channels in
            channels.isOver = true
            return channels.open.values
        }
        for channel in open { channel.close(promise: nil) }
    }
}
