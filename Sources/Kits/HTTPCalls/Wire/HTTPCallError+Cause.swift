import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension HTTPCallError {
    /// What an error of the client's means to callers.
    init(cause failure: any Error) {
        self =
            switch failure {
            case let error as HTTPCallError: error
            case _ where Task.isCancelled: .cancelled
            case is CancellationError: .cancelled
            case is NIOTooManyBytesError: .tooLarge
            case let error as HTTPClientError: HTTPCallError(error)
            case is NIOSSLError: .untrusted
            // Of a name with several addresses, and of one address.
            case let error as NIOConnectionError: error.connectionErrors.isEmpty ? .noSuchHost : .notReached
            case let error as IOError: error.errnoCode == ECONNREFUSED ? .notReached : .disconnected
            case let error as ChannelError where error.isConnectTimeout: .notReached
            default: .failed
            }
    }

    private init(_ error: HTTPClientError) {
        self =
            switch error {
            case .cancelled, .alreadyShutdown: .cancelled
            case .connectTimeout: .notReached
            case .getConnectionFromPoolTimeout: .busy
            case .readTimeout, .deadlineExceeded: .timedOut
            case .remoteConnectionClosed: .closed
            case .tlsHandshakeTimeout: .handshakeTimedOut
            case .invalidURL, .emptyHost, .emptyScheme: .invalidAddress
            default: .failed
            }
    }
}

extension ChannelError {
    fileprivate var isConnectTimeout: Bool {
        if case .connectTimeout = self { true } else { false }
    }
}
