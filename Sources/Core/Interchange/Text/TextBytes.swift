extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let colon = UInt8(ascii: ":")
    static let equals = UInt8(ascii: "=")

    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isBlank: Bool { self == .space || self == .tab }
    var isBreak: Bool { self == .lineFeed || self == .carriageReturn }
}

extension BidirectionalCollection where Element == UInt8, SubSequence: BidirectionalCollection {
    /// Without blanks and line breaks at both ends.
    var trimmed: SubSequence {
        let rest = drop { $0.isBlank || $0.isBreak }
        guard let last = rest.lastIndex(where: { !$0.isBlank && !$0.isBreak }) else { return self[endIndex...] }
        return self[rest.startIndex...last]
    }
}

extension String {
    /// What is well-formed UTF-8 already.
    init(text bytes: some Collection<UInt8>) { self.init(decoding: bytes, as: UTF8.self) }

    /// Without blanks and line breaks at both ends.
    var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        guard first.isBlank || first.isBreak || last.isBlank || last.isBreak else { return self }
        return String(Substring(utf8.trimmed))
    }

    /// ASCII letters small, everything else as it is.
    var lowered: String {
        guard utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return self }
        return String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// Goes through a text line by line: CRLF, LF and CR end lines, and nothing comes after the last end.
struct LineScanner {
    private let text: [UInt8]
    private var place = 0
    /// Of the line that was given last, from 1.
    private(set) var line = 0

    init(_ text: [UInt8]) { self.text = text }

    /// What the next line begins with: a line break where it is empty; nil at the end.
    var following: UInt8? { place < text.count ? text[place] : nil }

    mutating func next() -> ArraySlice<UInt8>? {
        guard place < text.count else { return nil }
        let start = place
        while place < text.count, !text[place].isBreak { place += 1 }
        let end = place
        if place < text.count {
            let isReturn = text[place] == .carriageReturn
            place += 1
            if isReturn, place < text.count, text[place] == .lineFeed { place += 1 }
        }
        line += 1
        return text[start..<end]
    }
}
