public import Hummingbird
public import HummingbirdCore
public import Logging
public import NIOCore
public import ServiceLifecycle

/// One listening socket with its routes.
public struct HTTPListener: Service {
    /// A connection that says nothing for this long is closed.
    public static let idleTimeout = TimeAmount.seconds(75)
    /// Size of all header fields of a request.
    public static let headerBytesMax = 32 * 1024

    private let application: Application<RouterResponder<ErrandRequestContext>>

    /// HTTP/1.1 with the limits of this listener. Upgrades are refused.
    public static var plain: HTTPServerBuilder {
        HTTPServerBuilder { plainChannel($0) }
    }

    /// As ``plain``, for a port of many short requests: see ``EventLoopTasks``.
    public static var quick: HTTPServerBuilder {
        HTTPServerBuilder { EventLoopTasks(plainChannel($0)) }
    }

    private static func plainChannel(_ responder: @escaping HTTPChannelHandler.Responder) -> HTTP1Channel {
        var configuration = configuration
        configuration.additionalChannelHandlers = { [RefusedUpgradeHandler(), DrainingHandler()] }
        return HTTP1Channel(responder: responder, configuration: configuration)
    }

    /// The limits of every listener, and how its connections end.
    public static var configuration: HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [DrainingHandler()],
            idleTimeout: idleTimeout,
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: headerBytesMax, maxHeaderListSize: headerBytesMax, maxHeaderFieldCount: 100
            )
        )
    }

    /// - Parameters:
    ///   - server: how connections are spoken with, ``plain`` or something that also takes upgrades.
    ///   - port: 0 takes any free port.
    ///   - onListening: told the port once connections are accepted.
    public init(
        router: Router<ErrandRequestContext>, server: HTTPServerBuilder = plain, host: String, port: Int,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        application = Application(
            router: router,
            server: server,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }

    public func run() async throws {
        try await application.run()
    }
}
