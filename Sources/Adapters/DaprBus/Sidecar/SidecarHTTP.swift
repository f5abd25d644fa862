import Foundation
import FoundationNetworking

/// A call to the sidecar.
struct SidecarRequest {
    var method = "GET"
    /// From `/` on, with its query, percent-encoded.
    let path: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?
    var timeout = Sidecar.timeout
}

/// What came back.
struct SidecarReply {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var isSuccess: Bool { (200..<300).contains(status) }
    var refusal: SidecarError { .refused(SidecarRefusal(status: status, body: body)) }

    func header(_ name: String) -> String? {
        headers.first { $0.key.lowercased() == name }?.value
    }
}

/// HTTP to the sidecar: connections are kept, redirects are not followed, nothing is stored.
///
/// A call that has begun is waited for even when the task is cancelled, at most for its timeout: a `URLSession` task
/// that is cancelled may never complete on Linux.
final class SidecarHTTP: Sendable {
    /// More calls at once wait for a connection.
    private static let connectionsMax = 64

    private let session: URLSession
    private let base: String
    private let token: SidecarToken?

    init(_ configuration: SidecarConfiguration) {
        let session = URLSessionConfiguration.ephemeral
        session.httpShouldSetCookies = false
        session.httpCookieAcceptPolicy = .never
        session.httpCookieStorage = nil
        session.urlCache = nil
        session.urlCredentialStorage = nil
        session.httpMaximumConnectionsPerHost = SidecarHTTP.connectionsMax
        self.session = URLSession(configuration: session, delegate: RedirectRefusal(), delegateQueue: nil)
        base = "http://\(configuration.host):\(configuration.port)"
        token = configuration.apiToken
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    func send(_ request: SidecarRequest) async throws(SidecarError) -> SidecarReply {
        let message = try message(request)
        let result = await withCheckedContinuation { continuation in
            session.dataTask(with: message) { data, response, error in
                continuation.resume(returning: SidecarHTTP.result(data, response, error))
            }.resume()
        }
        return try result.get()
    }

    private func message(_ request: SidecarRequest) throws(SidecarError) -> URLRequest {
        guard let url = URL(string: base + request.path, encodingInvalidCharacters: false) else {
            throw .invalidCall("The path is not one of a URL.")
        }
        var message = URLRequest(url: url)
        message.httpMethod = request.method
        message.timeoutInterval = request.timeout / .seconds(1)
        message.httpBody = request.body.map { Data($0) }
        for (name, value) in request.headers { message.addValue(value, forHTTPHeaderField: name) }
        if let token { message.setValue(token.text, forHTTPHeaderField: "dapr-api-token") }
        return message
    }

    private static func result(
        _ data: Data?, _ response: URLResponse?, _ error: (any Error)?
    ) -> Result<SidecarReply, SidecarError> {
        guard let response = response as? HTTPURLResponse, error == nil else {
            switch (error as? URLError)?.code {
            case .timedOut: return .failure(.timedOut)
            case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed: return .failure(.notRunning)
            default: return .failure(.disconnected)
            }
        }
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            if let name = name as? String, let value = value as? String { headers[name] = value }
        }
        return .success(SidecarReply(status: response.statusCode, headers: headers, body: data.map(Array.init) ?? []))
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
