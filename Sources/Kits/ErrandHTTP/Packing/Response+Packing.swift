import HTTPTypes
public import Hummingbird
import NIOCore

extension Response {
    /// Smaller answers fit into one or two packets anyway.
    package static let leastToPack = 1_024

    /// Sends the body with gzip where the client would rather have it so (RFC 9110 §12.5.3) and there is something to
    /// be gained.
    ///
    /// Not for answers that carry a secret: the length of a packed answer tells what in it is alike (BREACH,
    /// <https://www.breachattack.com>). An answer under a strong entity tag stays as it is, since such a tag names its
    /// bytes (§8.8.3.3); so does one whose length is not known yet, as of a stream, and one that is packed already.
    public mutating func pack(for request: Request) async throws {
        // What the answer depends on, also where it is 304 or too small this time.
        if headers[.vary]?.contains("Accept-Encoding") != true {
            headers[.vary] = headers[.vary].map { "\($0), Accept-Encoding" } ?? "Accept-Encoding"
        }
        guard let length = body.contentLength, length >= Response.leastToPack, headers[.contentEncoding] == nil,
            headers[.eTag]?.hasPrefix("W/") ?? true,
            AcceptedEncodings.preferGzip(request.headers[.acceptEncoding])
        else { return }
        let collector = BodyCollector()
        try await body.write(collector)
        guard let packed = Gzip.pack(collector.bytes, effort: .quick), packed.count < length else {
            body = ResponseBody(byteBuffer: ByteBuffer(bytes: collector.bytes))
            return
        }
        headers[.contentEncoding] = "gzip"
        headers[.contentLength] = nil
        body = ResponseBody(byteBuffer: ByteBuffer(bytes: packed))
    }
}

/// Takes a body that is there already. Used by one task at a time.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws { bytes += buffer.readableBytesView }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
