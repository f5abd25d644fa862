/// Walks through a style sheet by CSS Syntax 3 §4, as far as it tells code from text.
struct StyleReader {
    private let source: [UInt8]
    private var at = 0
    private var out: LineWriter

    init(_ source: [UInt8]) {
        self.source = source
        out = LineWriter(capacity: source.count)
    }

    mutating func read() -> [UInt8]? {
        while at < source.count { guard step() else { return nil } }
        out.newline()
        return out.bytes
    }

    private func peek(_ distance: Int = 1) -> UInt8 {
        at + distance < source.count ? source[at + distance] : Byte.newline
    }

    /// - Returns: false where there is doubt.
    private mutating func step() -> Bool {
        let byte = source[at]
        switch byte {
        case Byte.newline:
            out.newline()
            at += 1
        case Byte.space, Byte.tab:
            out.space(byte)
            at += 1
        case Byte.slash where peek() == Byte.star: return skip()
        case Byte.quote, Byte.apostrophe: return string(byte)
        case Byte.backslash, UInt8(ascii: "\r"), 0x0c: return false
        case Byte.open:
            out.copy(byte)
            at += 1
            if isAddress { return address() }
        default:
            out.copy(byte)
            at += 1
        }
        return true
    }

    /// A comment is nothing at all, so what it keeps apart must be kept apart by space as well.
    private mutating func skip() -> Bool {
        at += 2
        while at < source.count, !(source[at] == Byte.star && peek() == Byte.slash) { at += 1 }
        guard at < source.count else { return false }
        at += 2
        let next = peek(0)
        return out.isAfterSpace || next == Byte.space || next == Byte.tab || next == Byte.newline
    }

    private mutating func string(_ quote: UInt8) -> Bool {
        let start = at
        at += 1
        while at < source.count, source[at] != quote {
            if source[at] == Byte.newline { return false }
            at += source[at] == Byte.backslash ? 2 : 1
        }
        guard at < source.count else { return false }
        at += 1
        out.copy(source[start..<at])
        return true
    }

    /// Whether `url(` has just been written.
    private var isAddress: Bool {
        out.bytes.suffix(4).elementsEqual("url(".utf8) { $0 | 0x20 == $1 | 0x20 }
    }

    /// An address without quotes has no comments (§4.3.6); one with quotes is a string.
    private mutating func address() -> Bool {
        let start = at
        while at < source.count, source[at] == Byte.space { at += 1 }
        guard peek(0) != Byte.quote, peek(0) != Byte.apostrophe else {
            out.copy(source[start..<at])
            return true
        }
        while at < source.count, source[at] != Byte.close {
            if source[at] == Byte.newline || source[at] == Byte.backslash { return false }
            at += 1
        }
        guard at < source.count else { return false }
        out.copy(source[start..<at])
        return true
    }
}
