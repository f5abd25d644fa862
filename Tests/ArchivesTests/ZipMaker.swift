import CZlib

/// Makes ZIP archives, good ones and others.
struct ZipMaker {
    var note = ""
    var hasSizesBehind = false
    var flags = 0
    /// Instead of how files are packed.
    var method: Int?
    var disk = 0
    var hasZip64Locator = false
    var countSaid: Int?
    var headSaid: Int?
    var offsetChange = 0
    var checksumChange: UInt = 0
    private var body: [UInt8] = []
    private var list: [UInt8] = []
    private var count = 0

    /// - Parameter said: how large the file is said to be.
    mutating func add(_ name: String, _ bytes: [UInt8] = [], isDeflated: Bool = true, said: Int? = nil) {
        let packed = isDeflated && !bytes.isEmpty ? Self.deflated(bytes) : bytes
        let method = method ?? (isDeflated && !bytes.isEmpty ? 8 : 0)
        let flags = flags | (hasSizesBehind ? 8 : 0) | 0x800
        let checksum = Int(crc32(0, bytes, UInt32(bytes.count)) ^ checksumChange)
        let sizes = number(checksum, 4) + number(packed.count, 4) + number(said ?? bytes.count, 4)
        let begin = number(20, 2) + number(flags, 2) + number(method, 2) + number(0, 4)
        let names = number(name.utf8.count, 2)
        let head = body.count
        body += number(0x0403_4B50, 4) + begin + (hasSizesBehind ? number(0, 12) : sizes) + names + number(0, 2)
        body += Array(name.utf8) + packed
        if hasSizesBehind { body += number(0x0807_4B50, 4) + sizes }
        list += number(0x0201_4B50, 4) + number(20, 2) + begin + sizes + names + number(0, 12)
        list += number(headSaid ?? head, 4) + Array(name.utf8)
        count += 1
    }

    var archive: [UInt8] {
        let count = number(countSaid ?? count, 2)
        let locator = hasZip64Locator ? number(0x0706_4B50, 4) + number(0, 16) : []
        return body + list + locator + number(0x0605_4B50, 4) + number(disk, 2) + number(0, 2) + count + count
            + number(list.count, 4) + number(body.count + offsetChange, 4) + number(note.utf8.count, 2)
            + Array(note.utf8)
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
    }

    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            return [UInt8](unsafeUninitializedCapacity: room) { target, count in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(room)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : 0
            }
        }
    }
}
