import CZlib

/// The format of RFC 1952, by zlib.
package enum Gzip {
    package enum Effort: Sendable {
        /// As small as it gets: for what is packed once and sent often.
        case best
        /// For what is sent once: a list of 20 tasks takes some 0.1 ms.
        case quick

        fileprivate var level: CInt { self == .best ? Z_BEST_COMPRESSION : Z_BEST_SPEED }
    }

    /// The same bytes always become the same.
    ///
    /// - Returns: nil where zlib has no memory, or `bytes` has 4 GiB and more.
    package static func pack(_ bytes: [UInt8], effort: Effort) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, and 16 more for the head and the checksum of gzip.
        let isReady = deflateInit2_(
            &stream, effort.level, Z_DEFLATED, 15 + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard isReady == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        guard let length = UInt32(exactly: bytes.count),
            let room = UInt32(exactly: deflateBound(&stream, UInt(length)))
        else { return nil }
        var input = bytes
        return input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = length
            let packed = [UInt8](unsafeUninitializedCapacity: Int(room)) { target, count in
                stream.next_out = target.baseAddress
                stream.avail_out = room
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(room - stream.avail_out) : 0
            }
            return packed.isEmpty ? nil : packed
        }
    }
}
