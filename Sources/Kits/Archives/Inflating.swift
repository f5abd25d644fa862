import CZlib

/// The format of RFC 1951, by zlib.
enum Inflating {
    /// Unpacks to so many octets and no more.
    ///
    /// - Returns: nil where they become fewer or more, or are broken.
    static func bytes(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        var stream = z_stream()
        // Octets without a head or a checksum about them.
        let isReady = inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard isReady == Z_OK, let length = UInt32(exactly: packed.count), let room = UInt32(exactly: count) else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = Array(packed)
        var isWhole = false
        let bytes = input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = length
            // One octet more, so that there is somewhere to write to, and too many are noticed.
            return [UInt8](unsafeUninitializedCapacity: count + 1) { target, written in
                stream.next_out = target.baseAddress
                stream.avail_out = room + 1
                let result = inflate(&stream, Z_FINISH)
                written = count + 1 - Int(stream.avail_out)
                isWhole = result == Z_STREAM_END && written == count && stream.avail_in == 0
            }
        }
        return isWhole ? bytes : nil
    }

    /// CRC-32 as ZIP archives have it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        guard let count = UInt32(exactly: bytes.count) else { return 0 }
        return UInt32(truncatingIfNeeded: crc32(0, bytes, count))
    }
}
