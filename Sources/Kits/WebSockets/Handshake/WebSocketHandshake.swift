import Crypto
import Foundation
package import HTTPTypes

/// What a request says about becoming a WebSocket (RFC 6455 section 4.2.1).
package enum WebSocketHandshake: Hashable, Sendable {
    /// An ordinary request, or one whose handshake is malformed.
    case none
    /// It asks for another version of the protocol than 13.
    case otherVersion
    /// - accept: The value of `Sec-WebSocket-Accept` that proves the request was understood.
    case valid(accept: String)

    package init(_ request: HTTPRequest) {
        let fields = request.headerFields
        guard request.method == .get, WebSocketHandshake.list(fields[.upgrade]).contains("websocket"),
            WebSocketHandshake.list(fields[.connection]).contains("upgrade"),
            WebSocketHandshake.list(fields[.contentLength]).allSatisfy({ $0 == "0" }),
            fields[.transferEncoding] == nil
        else {
            self = .none
            return
        }
        guard fields[.secWebSocketVersion] == "13" else {
            self = .otherVersion
            return
        }
        guard let key = fields[.secWebSocketKey], Data(base64Encoded: key)?.count == 16 else {
            self = .none
            return
        }
        self = .valid(accept: WebSocketHandshake.accept(key: key))
    }

    /// RFC 6455 section 4.2.2, step 5.4. SHA-1 is broken for signatures; here it is a checksum (section 10.8).
    package static func accept(key: String) -> String {
        let digest = Insecure.SHA1.hash(data: Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
        return Data(digest).base64EncodedString()
    }

    /// The members of a comma-separated field, in lower case (RFC 9110 section 5.6.1).
    private static func list(_ value: String?) -> [String] {
        (value ?? "").lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
