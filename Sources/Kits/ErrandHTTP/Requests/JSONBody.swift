public import ErrandCore
import HTTPTypes
public import Hummingbird
package import NIOCore

/// Reads request bodies.
public enum JSONBody {
    /// The largest body that is read: 1 MiB.
    public static let sizeBytesMax = 1_048_576

    public struct Content: Sendable {
        public let bytes: [UInt8]
        public let value: JSONValue
    }

    /// The body as JSON.
    ///
    /// - Parameter types: media types that are accepted.
    /// - Returns: nil when there is no body.
    /// - Throws: ``Problem``: body_too_large, unsupported_media_type, malformed_json.
    public static func read(_ request: Request, types: Set<String>) async throws -> Content? {
        let buffer = try await collect(request)
        guard buffer.readableBytes > 0 else { return nil }
        guard types.contains(mediaType(request.headers[.contentType])) else {
            throw Problem.unsupportedMediaType(types.sorted())
        }
        let bytes = Array(buffer.readableBytesView)
        do {
            return Content(bytes: bytes, value: try JSONValue.parse(bytes))
        } catch {
            throw Problem.malformedJSON(error)
        }
    }

    /// Reads a body that nobody wants, so that the next request on the connection can be read.
    public static func skip(_ request: Request) async throws {
        _ = try await collect(request)
    }

    /// The body as it is, its length announced or not.
    ///
    /// - Throws: ``Problem``: body_too_large.
    package static func collect(_ request: Request, upTo limit: Int = sizeBytesMax) async throws -> ByteBuffer {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw Problem.bodyTooLarge(limit)
        }
        do {
            return try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.bodyTooLarge(limit)
        }
    }

    /// The type without its parameters, in lower case.
    private static func mediaType(_ header: String?) -> String {
        let type = header?.split(separator: ";", maxSplits: 1).first ?? ""
        return type.trimmingSpaces.lowercased()
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
