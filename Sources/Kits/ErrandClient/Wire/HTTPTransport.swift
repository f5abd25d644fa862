import AsyncHTTPClient
public import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import NIOSSL

/// HTTP/1.1 with connections that are kept: no cookies, no cache, no redirects, no proxy.
///
/// Redirects are not followed, since a followed one would carry the access token to wherever it points.
public final class HTTPTransport: Transport {
    /// Larger replies than any export of Errand.
    private static let replyBytesMax = 1 << 30

    private let client: HTTPClient

    /// - Parameters:
    ///   - connectTimeout: how long a connection may take to come about.
    ///   - silenceMax: how long the server may stay silent; it says something every few seconds where there is nothing
    ///     to say.
    public init(connectTimeout: Duration = .seconds(10), silenceMax: Duration = .seconds(30)) {
        var options = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connectTimeout), read: TimeAmount(silenceMax)), proxy: nil
        )
        options.httpVersion = .http1Only
        // Whether and when to try again is for the caller to say.
        options.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: options)
    }

    deinit {
        client.shutdown { _ in }
    }

    public func send(_ request: TransportRequest) async throws(TransportError) -> TransportReply {
        do {
            let response = try await client.execute(message(request), deadline: .distantFuture)
            let body = try await response.body.collect(upTo: HTTPTransport.replyBytesMax)
            let headers = Dictionary(response.headers.map { ($0.name, $0.value) }) { first, _ in first }
            return TransportReply(status: Int(response.status.code), headers: headers, body: Data(buffer: body))
        } catch {
            throw TransportError(error)
        }
    }

    public func stream(
        _ request: TransportRequest
    ) async throws(TransportError) -> (status: Int, body: any AsyncSequence<Data, any Error> & Sendable) {
        do {
            let response = try await client.execute(message(request), deadline: .distantFuture)
            return (Int(response.status.code), response.body.map { Data(buffer: $0) })
        } catch {
            throw TransportError(error)
        }
    }

    private func message(_ request: TransportRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: request.url.absoluteString)
        message.method = .init(rawValue: request.method.rawValue)
        for (name, value) in request.headers { message.headers.add(name: name, value: value) }
        message.body = request.body.map { .bytes(ByteBuffer(data: $0)) }
        return message
    }
}

extension TransportError {
    init(_ error: any Error) {
        self =
            switch error {
            case _ where Task.isCancelled: .cancelled
            case is CancellationError: .cancelled
            case let error as HTTPClientError: TransportError(error)
            case is NIOSSLError: .unreachable("the encrypted connection could not be trusted")
            case is NIOTooManyBytesError: .unreachable("it said too much")
            case let error as NIOConnectionError where error.connectionErrors.isEmpty:
                .unreachable("there is no such host")
            case is NIOConnectionError, is IOError: .unreachable("nothing answers there")
            default: .unreachable("the connection failed")
            }
    }

    private init(_ error: HTTPClientError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .readTimeout, .deadlineExceeded: .unreachable("it did not answer in time")
            case .connectTimeout, .getConnectionFromPoolTimeout: .unreachable("nothing answers there")
            case .remoteConnectionClosed: .unreachable("the connection broke off")
            case .tlsHandshakeTimeout: .unreachable("the encrypted connection could not be made")
            default: .unreachable("the connection failed")
            }
    }
}
