import Crypto
import ErrandHTTP
import HTTPTypes
import NIOCore

/// A file of the page, ready to be sent: as it is, and packed where that is worth it.
struct SiteFile: Sendable {
    /// One of the two, with a tag of its own (RFC 9110 §8.8.3).
    struct Representation: Sendable {
        let body: ByteBuffer
        /// Strong, with its quotes.
        let tag: String
        /// What `Content-Encoding` says; nil for bytes as they are.
        let encoding: String?
    }

    /// What saves some bytes of a shorter one is lost to the fields that say so.
    private static let leastToPack = 256

    let type: String
    let plain: Representation
    /// nil where it would save nothing.
    let packed: Representation?

    init(_ bytes: [UInt8], type: String) {
        let digest = SiteFile.digest(bytes)
        self.type = type
        plain = Representation(body: ByteBuffer(bytes: bytes), tag: "\"\(digest)\"", encoding: nil)
        let isText = !type.hasPrefix("image/png") && type != "application/octet-stream"
        if isText, bytes.count >= SiteFile.leastToPack, let packed = Gzip.pack(bytes, effort: .best),
            packed.count < bytes.count
        {
            self.packed = Representation(body: ByteBuffer(bytes: packed), tag: "\"\(digest)-gzip\"", encoding: "gzip")
        } else {
            packed = nil
        }
    }

    /// - Parameter accepted: the `Accept-Encoding` field of the request.
    func representation(for accepted: String?) -> Representation {
        if let packed, AcceptedEncodings.preferGzip(accepted) { packed } else { plain }
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension SiteFile.Representation {
    /// Whether an `If-None-Match` field names this very state; the comparison is weak (RFC 9110 §13.1.2).
    func isNamed(by field: String?) -> Bool {
        guard let field else { return false }
        return field.split(separator: ",").contains { part in
            let other = part.filter { $0 != " " && $0 != "\t" }
            return other == "*" || other == tag || other == "W/\(tag)"
        }
    }
}
