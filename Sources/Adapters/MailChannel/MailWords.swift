import Foundation

/// Text of headers that is not ASCII, as encoded words (RFC 2047).
package enum MailWords {
    /// Octets of UTF-8 in a word: 36 make 48 characters of base 64, so that a line with the name of the header before
    /// it stays below 76 (RFC 2047 §2).
    private static let octets = 36

    /// A header of one or more lines, folded between words.
    static func header(_ name: String, _ text: String) -> [String] {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        if isPlain, name.utf8.count + 2 + text.utf8.count <= 76 { return ["\(name): \(text)"] }
        let words = encoded(text)
        return ["\(name): \(words.first ?? "")"] + words.dropFirst().map { " \($0)" }
    }

    /// Words that hold whole characters each (RFC 2047 §5).
    package static func encoded(_ text: String) -> [String] {
        var words: [String] = []
        var part: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if part.count + bytes.count > octets {
                words.append(word(part))
                part = []
            }
            part += bytes
        }
        if !part.isEmpty { words.append(word(part)) }
        return words
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?utf-8?B?\(Data(bytes).base64EncodedString())?=" }
}

/// Text of bodies in lines of ASCII (RFC 2045 §6.7).
package enum QuotedPrintable {
    /// Of a line, its soft break included.
    private static let lengthMax = 76

    /// Lines without their ends. Whatever ends a line in the text ends one here.
    package static func lines(_ text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).flatMap(folded)
    }

    private static func folded(_ line: Substring) -> [String] {
        var (lines, current): ([String], String) = ([], "")
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let piece = isLiteral(byte, isLast: index == bytes.count - 1) ? String(UnicodeScalar(byte)) : hex(byte)
            if current.utf8.count + piece.utf8.count >= lengthMax {
                lines.append(current + "=")
                current = ""
            }
            current += piece
        }
        return lines + [current]
    }

    /// A dot is written as itself: whoever sends doubles it at the start of a line (RFC 5321 §4.5.2). Spaces are lost
    /// at the end of a line.
    private static func isLiteral(_ byte: UInt8, isLast: Bool) -> Bool {
        if byte == 0x20 || byte == 0x09 { return !isLast }
        return (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
}
