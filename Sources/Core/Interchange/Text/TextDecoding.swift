/// Brings the text of a file into UTF-8, whatever it was written in.
enum TextDecoding {
    /// Octets that are looked at to tell UTF-16 without a mark.
    private static let sampleSize = 4_096

    /// UTF-8 without a byte order mark and without NUL.
    ///
    /// A byte order mark decides; without one NULs tell UTF-16; what is no UTF-8 then is Windows-1252, which any octets
    /// are. After a mark, octets that are no text become U+FFFD.
    ///
    /// - Throws: where a NUL stands in the text, which no text file has: it is something else.
    static func utf8(_ bytes: [UInt8]) throws(TaskFileError) -> [UInt8] {
        let text = decoded(bytes)
        if let place = text.firstIndex(of: 0) {
            let (line, column) = position(of: place, in: text)
            throw TaskFileError(line: line, column: column, "There is a NUL, so this is not a text file.")
        }
        return text
    }

    /// Line and column of an offset, both from 1; the column in code points. CRLF, LF and CR end lines.
    static func position(of offset: Int, in text: [UInt8]) -> (line: Int, column: Int) {
        var (line, start) = (1, 0)
        var place = 0
        while place < min(offset, text.count) {
            let byte = text[place]
            let isBreak = byte == .lineFeed && !(place > 0 && text[place - 1] == .carriageReturn)
            if isBreak || byte == .carriageReturn { line += 1 }
            if byte == .lineFeed || byte == .carriageReturn { start = place + 1 }
            place += 1
        }
        // Octets that continue a code point are 10xxxxxx.
        let before = text[min(start, place)..<place].count { $0 & 0xC0 != 0x80 }
        return (line, before + 1)
    }

    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(String(decoding: bytes[3...], as: UTF8.self).utf8) }
        if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], isBigEndian: false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], isBigEndian: true) }
        if let isBigEndian = unmarkedUTF16(bytes) { return utf16(bytes[...], isBigEndian: isBigEndian) }
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return windows1252(bytes)
    }

    /// Text in Latin letters has a NUL in most units of UTF-16: in the first octet where that is the high one.
    static func unmarkedUTF16(_ bytes: [UInt8]) -> Bool? {
        guard bytes.count >= 2, bytes.count.isMultiple(of: 2) else { return nil }
        let sample = bytes.prefix(sampleSize)
        var (even, odd) = (0, 0)
        for (index, byte) in sample.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
        }
        let units = sample.count / 2
        if odd * 10 >= units * 4, even * 10 <= odd { return false }
        if even * 10 >= units * 4, odd * 10 <= even { return true }
        return nil
    }

    /// An octet left over at the end is dropped.
    static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var place = bytes.startIndex
        while place + 1 < bytes.endIndex {
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            units.append(isBigEndian ? first << 8 | second : second << 8 | first)
            place += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    static func windows1252(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            guard byte >= 0x80 else {
                text.append(byte)
                continue
            }
            let scalar: Unicode.Scalar = byte < 0xA0 ? c1[Int(byte) - 0x80] : Unicode.Scalar(byte)
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return text
    }

    /// 0x80 to 0x9F; the five that mean nothing are U+FFFD.
    private static let c1: [Unicode.Scalar] = Array(
        "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)
}
