import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// One address for several servers of this machine: hands each connection to the next of them, as a Service of
/// Kubernetes does, and speaks TLS to clients for servers that have none, as a load balancer does.
package final class Forwarder: Sendable {
    /// Whom the next connections go to.
    private final class Targets: Sendable {
        private let state: Mutex<(ports: [Int], turn: Int)>

        init(_ ports: [Int]) { state = Mutex((ports, 0)) }

        func replace(_ ports: [Int]) { state.withLock { $0.ports = ports } }

        func next() -> Int {
            state.withLock { state in
                state.turn += 1
                return state.ports[state.turn % state.ports.count]
            }
        }
    }

    private let targets: Targets
    private let channel: any Channel

    /// Where clients connect.
    package var port: Int { channel.localAddress?.port ?? 0 }

    /// - Parameters:
    ///   - ports: those of the servers; one at least.
    ///   - tls: how to speak TLS with clients; nil for plain connections.
    package init(to ports: [Int], tls: NIOSSLContext? = nil) async throws {
        let targets = Targets(ports)
        self.targets = targets
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { client in
                if let tls {
                    do {
                        try client.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    } catch {
                        return client.eventLoop.makeFailedFuture(error)
                    }
                }
                return ClientBootstrap(group: client.eventLoop)
                    .channelInitializer { server in
                        server.eventLoop.makeCompletedFuture {
                            try server.pipeline.syncOperations.addHandler(Passing(to: client))
                        }
                    }
                    .connect(host: "127.0.0.1", port: targets.next())
                    .flatMapThrowing { server in
                        try client.pipeline.syncOperations.addHandler(Passing(to: server))
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// Hands connections to these from now on; those that are open stay where they are.
    package func forward(to ports: [Int]) { targets.replace(ports) }

    package func close() async throws { try await channel.close() }
}

/// Passes on what it reads, and the end.
private final class Passing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
