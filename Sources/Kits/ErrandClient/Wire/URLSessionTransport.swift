public import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// HTTP over Foundation's `URLSession`: no cookies, no cache, no redirects.
///
/// Redirects are not followed, since a followed one would carry the access token to wherever it points.
public struct URLSessionTransport: Transport {
    private let session: URLSession
    private let configuration: URLSessionConfiguration

    /// - Parameter timeout: How long the server may stay silent, in seconds.
    public init(timeout: Double = 30) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.timeoutIntervalForRequest = timeout
        self.configuration = configuration
        session = URLSession(configuration: configuration, delegate: RedirectRefusal(), delegateQueue: nil)
    }

    public func send(_ request: TransportRequest) async throws(TransportError) -> TransportReply {
        do {
            let (body, response) = try await session.data(for: message(request))
            guard let response = response as? HTTPURLResponse else {
                throw TransportError.unreachable("the reply is not HTTP")
            }
            var headers: [String: String] = [:]
            for (name, value) in response.allHeaderFields {
                if let name = name as? String, let value = value as? String { headers[name] = value }
            }
            return TransportReply(status: response.statusCode, headers: headers, body: body)
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(error)
        }
    }

    public func stream(
        _ request: TransportRequest
    ) async throws(TransportError) -> (status: Int, body: AsyncThrowingStream<Data, any Error>) {
        try await StreamingSession().run(message(request), configuration)
    }

    private func message(_ request: TransportRequest) -> URLRequest {
        var message = URLRequest(url: request.url)
        message.httpMethod = request.method.rawValue
        message.httpBody = request.body
        for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
        return message
    }
}

private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

extension TransportError {
    init(_ error: any Error) {
        if Task.isCancelled || error is CancellationError {
            self = .cancelled
            return
        }
        guard let error = error as? URLError else {
            self = .unreachable("the connection failed")
            return
        }
        switch error.code {
        case .cancelled: self = .cancelled
        case .timedOut: self = .unreachable("it did not answer in time")
        case .cannotFindHost, .dnsLookupFailed: self = .unreachable("there is no such host")
        case .cannotConnectToHost: self = .unreachable("nothing answers there")
        case .networkConnectionLost: self = .unreachable("the connection broke off")
        case .notConnectedToInternet: self = .unreachable("this machine is offline")
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
            self = .unreachable("the encrypted connection could not be trusted")
        default: self = .unreachable("the connection failed")
        }
    }
}
