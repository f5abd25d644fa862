import AsyncHTTPClient
import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// A call to the sidecar.
struct SidecarRequest {
    var method = "GET"
    /// From `/` on, with its query, percent-encoded.
    let path: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?
    /// For the whole call, its body included.
    var timeout = Sidecar.timeout
}

/// What came back.
struct SidecarReply {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var isSuccess: Bool { (200..<300).contains(status) }
    var refusal: SidecarError { .refused(SidecarRefusal(status: status, body: body)) }
}

/// HTTP/1.1 to the sidecar: connections are kept, redirects are not followed, proxies are not asked, nothing is stored.
///
/// A task that is cancelled ends its call, whose effect may have come about all the same.
final class SidecarHTTP: Sendable {
    /// More calls at once wait for a connection.
    private static let connectionsMax = 64
    /// A connection that is not used for this long is closed.
    private static let idleTimeout = TimeAmount.seconds(30)
    /// For a new connection, or for one of the ``connectionsMax`` to become free.
    private static let connectTimeout = TimeAmount.seconds(2)

    private let client: HTTPClient
    private let base: String
    private let token: SidecarToken?

    init(_ configuration: SidecarConfiguration) {
        var options = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: SidecarHTTP.connectTimeout),
            connectionPool: .init(
                idleTimeout: SidecarHTTP.idleTimeout,
                concurrentHTTP1ConnectionsPerHostSoftLimit: SidecarHTTP.connectionsMax
            ),
            proxy: nil, decompression: .disabled
        )
        options.httpVersion = .http1Only
        // Whether and when to try again is for the caller to say.
        options.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: options)
        base = "http://\(configuration.host):\(configuration.port)"
        token = configuration.apiToken
    }

    /// Whoever made it closes it; this is for start-ups that fail midway. The client lives on until it is shut down.
    deinit {
        client.shutdown { _ in }
    }

    /// Ends all connections. Calls after it, and those under way, fail with ``SidecarError/cancelled``.
    func close() async {
        // The only failure there is: it was closed before.
        try? await client.shutdown()
    }

    func send(_ request: SidecarRequest) async throws(SidecarError) -> SidecarReply {
        let message = message(request)
        let timeout = request.timeout
        let result = await withTaskGroup(of: Result<SidecarReply, SidecarError>.self) { group in
            group.addTask { await self.exchange(message) }
            group.addTask {
                do { try await Task.sleep(for: timeout) } catch { return .failure(.cancelled) }
                return .failure(.timedOut)
            }
            let first = await group.next() ?? .failure(.cancelled)
            group.cancelAll()
            return first
        }
        return try result.get()
    }

    private func message(_ request: SidecarRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: base + request.path)
        message.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { message.headers.add(name: name, value: value) }
        if let token { message.headers.replaceOrAdd(name: "dapr-api-token", value: token.text) }
        message.body = request.body.map { .bytes(ByteBuffer(bytes: $0)) }
        return message
    }

    private func exchange(_ message: HTTPClientRequest) async -> Result<SidecarReply, SidecarError> {
        do {
            let response = try await client.execute(message, deadline: .distantFuture)
            let body = try await response.body.collect(upTo: Sidecar.replyBytesMax)
            var headers = HTTPFields()
            for (name, value) in response.headers {
                if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
            }
            return .success(
                SidecarReply(status: Int(response.status.code), headers: headers, body: Array(buffer: body))
            )
        } catch {
            return .failure(SidecarHTTP.failure(error))
        }
    }

    private static func failure(_ error: any Error) -> SidecarError {
        switch error {
        case is CancellationError: .cancelled
        case is NIOTooManyBytesError: .tooLarge
        // Of a name with several addresses, and of one address.
        case is NIOConnectionError: .notRunning
        case let error as IOError where error.errnoCode == ECONNREFUSED: .notRunning
        case let error as ChannelError where error.isConnectTimeout: .notRunning
        case let error as HTTPClientError: failure(error)
        default: .disconnected
        }
    }

    private static func failure(_ error: HTTPClientError) -> SidecarError {
        switch error {
        case .cancelled, .alreadyShutdown: .cancelled
        case .connectTimeout: .notRunning
        case .getConnectionFromPoolTimeout: .busy
        case .invalidURL, .emptyHost: .invalidCall("The path is not one of a URL.")
        default: .disconnected
        }
    }
}

extension ChannelError {
    fileprivate var isConnectTimeout: Bool {
        if case .connectTimeout = self { true } else { false }
    }
}

extension String {
    /// The text as one segment of a path or one value of a query: all but the unreserved characters of RFC 3986 §2.3
    /// percent-encoded.
    var urlSegment: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
