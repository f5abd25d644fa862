import HTTPCalls
import HTTPTypes

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

/// Calls to the sidecar. Where it is was configured, so private addresses are as good as any.
///
/// A task that is cancelled ends its call, whose effect may have come about all the same.
final class SidecarHTTP: Sendable {
    private let calls: HTTPCalls
    private let base: String
    private let token: SidecarToken?

    init(_ configuration: SidecarConfiguration) {
        var options = HTTPCallOptions(reach: .anywhere)
        options.connectTimeout = .seconds(2)
        options.connectionsMax = 64
        options.idleTimeout = .seconds(30)
        calls = HTTPCalls(options)
        base = "http://\(configuration.host):\(configuration.port)"
        token = configuration.apiToken
    }

    /// Ends all connections. Calls after it, and those under way, fail with ``SidecarError/cancelled``.
    func close() async {
        await calls.close()
    }

    func send(_ request: SidecarRequest) async throws(SidecarError) -> SidecarReply {
        do throws(HTTPCallError) {
            let answer = try await calls.send(call(request), upTo: Sidecar.replyBytesMax, within: request.timeout)
            return SidecarReply(status: answer.status, headers: answer.headers, body: answer.body)
        } catch {
            throw SidecarError(error)
        }
    }

    private func call(_ request: SidecarRequest) -> HTTPCall {
        var call = HTTPCall(
            base + request.path, method: request.method, headers: request.headers, body: request.body
        )
        if let token {
            call.headers.removeAll { $0.name.lowercased() == "dapr-api-token" }
            call.headers.append(("dapr-api-token", token.text))
        }
        return call
    }
}

extension SidecarError {
    fileprivate init(_ error: HTTPCallError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .timedOut: .timedOut
            case .tooLarge: .tooLarge
            case .noSuchHost, .notReached: .notRunning
            case .busy: .busy
            case .invalidAddress, .forbiddenAddress: .invalidCall("The path is not one of a URL.")
            case .untrusted, .handshakeTimedOut, .closed, .disconnected, .failed: .disconnected
            }
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
