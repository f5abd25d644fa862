public import ErrandCore
public import Hummingbird
package import Logging
import NIOCore

/// What travels with a request: who it is from on the network, and its id.
public struct ErrandRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The other end of the connection; nil where there is no socket.
    public let peerAddress: String?
    /// The client's address in the word of a caller that is believed, such as another process of ours; nil where the
    /// connection and the trusted proxies tell.
    public var vouchedAddress: String?
    /// In every answer, log line and event of this request.
    public var requestID = ""
    /// The trace that this request is part of, as W3C Trace Context writes it.
    public var traceparent: String?
    /// Who it is from, as far as it is known by now.
    public let caller = CallerNote()

    /// What its events and their effects are marked with.
    public var correlation: Correlation { Correlation(requestID: requestID, traceparent: traceparent) }

    public init(source: ApplicationRequestContextSource) {
        self.init(logger: source.logger, channel: source.channel)
    }

    /// A context without a connection, for calling a router in the process.
    package init(logger: Logger) {
        self.init(logger: logger, channel: nil)
    }

    private init(logger: Logger, channel: (any Channel)?) {
        coreContext = CoreRequestContextStorage(source: LoggerSource(logger: logger))
        peerAddress = channel?.remoteAddress?.ipAddress
    }
}

private struct LoggerSource: RequestContextSource {
    let logger: Logger
}
