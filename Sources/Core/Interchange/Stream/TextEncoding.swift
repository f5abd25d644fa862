/// What the text of a file is written in.
enum TextEncoding: Hashable {
    case utf8
    /// With a byte order mark: octets after it that are no text become U+FFFD.
    case markedUTF8
    case utf16(isBigEndian: Bool, isMarked: Bool)
    case windows1252

    /// Octets of the mark before the text.
    var markLength: Int {
        switch self {
        case .markedUTF8: 3
        case .utf16(_, isMarked: true): 2
        default: 0
        }
    }

    /// What a mark, or NULs, say of it; nil where only the whole file can tell UTF-8 from Windows-1252.
    ///
    /// - Parameters:
    ///   - sample: the beginning of the file.
    ///   - count: octets of the whole file.
    static func marked(_ sample: [UInt8], of count: Int) -> TextEncoding? {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) { return .markedUTF8 }
        if sample.starts(with: [0xFF, 0xFE]) { return .utf16(isBigEndian: false, isMarked: true) }
        if sample.starts(with: [0xFE, 0xFF]) { return .utf16(isBigEndian: true, isMarked: true) }
        guard count.isMultiple(of: 2) else { return nil }
        return TextDecoding.unmarkedUTF16(sample).map { .utf16(isBigEndian: $0, isMarked: false) }
    }

    /// How many of the first octets are text for themselves: a character that is cut off at the end is left for the
    /// next piece.
    func wholeCount(_ bytes: [UInt8]) -> Int {
        switch self {
        case .windows1252: return bytes.count
        case .utf8, .markedUTF8:
            guard let start = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }), bytes.count - start < 4 else {
                return bytes.count
            }
            let length = bytes[start] >= 0xF0 ? 4 : bytes[start] >= 0xE0 ? 3 : bytes[start] >= 0xC0 ? 2 : 1
            return bytes.count - start < length ? start : bytes.count
        case .utf16(let isBigEndian, _):
            let count = bytes.count & ~1
            guard count >= 2 else { return count }
            // The first of two units that are one character.
            let high = bytes[isBigEndian ? count - 2 : count - 1]
            return (0xD8...0xDB).contains(high) ? count - 2 : count
        }
    }

    /// As UTF-8.
    func decoded(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8: bytes
        case .markedUTF8: Array(String(decoding: bytes, as: UTF8.self).utf8)
        case .utf16(let isBigEndian, _): TextDecoding.utf16(bytes[...], isBigEndian: isBigEndian)
        case .windows1252: TextDecoding.windows1252(bytes)
        }
    }
}
