public import Foundation
import HTTPCalls
import HTTPTypes

/// HTTP/1.1 with connections that are kept: no cookies, no cache, no redirects, no proxy.
///
/// Redirects are not followed, since a followed one would carry the access token to wherever it points. The server is
/// the one that the person has named, on whatever network.
public final class HTTPTransport: Transport {
    /// Larger replies than any export of Errand.
    private static let replyBytesMax = 1 << 30

    private let calls: HTTPCalls

    /// - Parameters:
    ///   - connectTimeout: how long a connection may take to come about.
    ///   - silenceMax: how long the server may stay silent; it says something every few seconds where there is nothing
    ///     to say.
    public init(connectTimeout: Duration = .seconds(10), silenceMax: Duration = .seconds(30)) {
        var options = HTTPCallOptions(reach: .anywhere)
        options.connectTimeout = connectTimeout
        options.silenceMax = silenceMax
        calls = HTTPCalls(options)
    }

    public func send(_ request: TransportRequest) async throws(TransportError) -> TransportReply {
        do throws(HTTPCallError) {
            let answer = try await calls.send(call(request), upTo: HTTPTransport.replyBytesMax, within: nil)
            let headers = Dictionary(answer.headers.map { ($0.name.canonicalName, $0.value) }) { first, _ in first }
            return TransportReply(status: answer.status, headers: headers, body: Data(answer.body))
        } catch {
            throw TransportError(error)
        }
    }

    public func stream(
        _ request: TransportRequest
    ) async throws(TransportError) -> (status: Int, body: any AsyncSequence<Data, any Error> & Sendable) {
        do throws(HTTPCallError) {
            let stream = try await calls.stream(call(request))
            return (stream.status, stream.body.map { Data($0) })
        } catch {
            throw TransportError(error)
        }
    }

    private func call(_ request: TransportRequest) -> HTTPCall {
        HTTPCall(
            request.url.absoluteString, method: request.method.rawValue,
            headers: request.headers.map { ($0.key, $0.value) }, body: request.body.map { Array($0) }
        )
    }
}

extension TransportError {
    init(_ error: HTTPCallError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .tooLarge: .unreachable("it said too much")
            case .invalidAddress, .forbiddenAddress, .failed: .unreachable("the connection failed")
            case .disconnected, .busy: .unreachable(HTTPCallError.notReached.description)
            case .noSuchHost, .notReached, .untrusted, .handshakeTimedOut, .timedOut, .closed:
                .unreachable(error.description)
            }
    }
}
