public import Hummingbird
import HummingbirdCore
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

    /// - Parameters:
    ///   - port: 0 takes any free port.
    ///   - onListening: told the port once connections are accepted.
    public init(
        router: Router<ErrandRequestContext>, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: HTTPListener.headerBytesMax, maxHeaderListSize: HTTPListener.headerBytesMax,
            maxHeaderFieldCount: 100
        )
        application = Application(
            router: router,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [RefusedUpgradeHandler()], idleTimeout: HTTPListener.idleTimeout,
                    httpDecoderConfiguration: limits
                )
            ),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }

    public func run() async throws {
        try await application.run()
    }
}
