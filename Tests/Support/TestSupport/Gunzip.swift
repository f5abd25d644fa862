import CZlib

/// Unpacks the format of RFC 1952, for tests.
public enum Gunzip {
    public struct NotGzip: Error {}

    /// - Returns: what was packed, up to 4 MiB.
    public static func unpack(_ packed: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw NotGzip()
        }
        defer { inflateEnd(&stream) }
        var (input, output) = (packed, [UInt8](repeating: 0, count: 4 << 20))
        let room = UInt32(output.count)
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = room
                return inflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END, stream.avail_in == 0 else { throw NotGzip() }
        return Array(output.prefix(Int(room - stream.avail_out)))
    }
}
