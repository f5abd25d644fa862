/// Reads a JSON file (RFC 8259) value by value, and knows the line it is at.
///
/// Files of other programs are large and hold more than tasks, so a reader goes through them and makes values only of
/// the task at hand. What is nested deeper than ``depthMax``, and a task of more values than ``valuesMax``, is refused.
struct JSONScanner {
    static let depthMax = 64
    /// Values within one task: more than any program has.
    static let valuesMax = 20_000

    private let text: [UInt8]
    private(set) var place = 0
    /// Of ``place``, from 1.
    private(set) var line = 1
    private var depth = 0
    private var values = 0

    /// - Parameter text: UTF-8, which has been checked.
    init(_ text: [UInt8]) { self.text = text }

    /// A place to come back to, between two values.
    struct Mark: Hashable {
        fileprivate let place: Int32
        let line: Int32
    }

    var mark: Mark { Mark(place: Int32(clamping: place), line: Int32(clamping: line)) }

    /// Goes to a mark of the same text.
    mutating func move(to mark: Mark) {
        (place, line, depth) = (Int(mark.place), Int(mark.line), 0)
    }

    /// What comes next after white space; nil at the end.
    mutating func following() -> UInt8? {
        while place < text.count {
            switch text[place] {
            case .space, .tab: break
            case .lineFeed: line += 1
            case .carriageReturn:
                if !(place + 1 < text.count && text[place + 1] == .lineFeed) { line += 1 }
            default: return text[place]
            }
            place += 1
        }
        return nil
    }

    /// Whether that comes next; it is passed then.
    mutating func take(_ byte: UInt8) -> Bool {
        guard following() == byte else { return false }
        place += 1
        return true
    }

    func error(_ reason: String) -> TaskFileError {
        let start = text[..<place].lastIndex(where: \.isBreak).map { $0 + 1 } ?? 0
        let column = text[start..<place].count { $0 & 0xC0 != 0x80 } + 1
        return TaskFileError(line: line, column: column, "Is no JSON here: \(reason).")
    }

    // MARK: Going through

    /// Goes through an array; `body` reads each value, or passes over it.
    mutating func array(
        _ body: (inout JSONScanner) throws(TaskFileError) -> Void
    ) throws(TaskFileError) {
        try enter(.openBracket)
        if take(.closeBracket) { return leave() }
        repeat { try body(&self) } while take(.comma)
        guard take(.closeBracket) else { throw error("expected ',' or ']'") }
        leave()
    }

    /// Goes through an object; `body` reads the value of each member, or passes over it.
    mutating func object(
        _ body: (inout JSONScanner, _ name: String) throws(TaskFileError) -> Void
    ) throws(TaskFileError) {
        try enter(.openBrace)
        if take(.closeBrace) { return leave() }
        repeat {
            guard following() == .quote else { throw error("expected a member name") }
            let name = try string()
            guard take(.colon) else { throw error("expected ':'") }
            try body(&self, name)
        } while take(.comma)
        guard take(.closeBrace) else { throw error("expected ',' or '}'") }
        leave()
    }

    private mutating func enter(_ byte: UInt8) throws(TaskFileError) {
        guard take(byte) else { throw error("expected '\(Character(Unicode.Scalar(byte)))'") }
        depth += 1
        guard depth <= Self.depthMax else { throw error("nested too deep") }
    }

    private mutating func leave() { depth -= 1 }

    // MARK: Values

    /// The next value with everything in it.
    mutating func value() throws(TaskFileError) -> JSONNode {
        values = 0
        return try node()
    }

    private mutating func node() throws(TaskFileError) -> JSONNode {
        values += 1
        guard values <= Self.valuesMax else { throw error("more than \(Self.valuesMax) values in one task") }
        switch following() {
        case UInt8.openBrace:
            var fields = JSONFields()
            try object { (scanner: inout JSONScanner, name: String) throws(TaskFileError) in
                fields.append(name, try scanner.node())
            }
            return .object(fields)
        case UInt8.openBracket:
            var items: [JSONNode] = []
            try array { (scanner: inout JSONScanner) throws(TaskFileError) in items.append(try scanner.node()) }
            return .array(items)
        case UInt8.quote: return .string(try string())
        default: return try scalar()
        }
    }

    /// Passes over the next value.
    mutating func skip() throws(TaskFileError) {
        switch following() {
        case UInt8.openBrace:
            try object { (scanner: inout JSONScanner, _: String) throws(TaskFileError) in try scanner.skip() }
        case UInt8.openBracket:
            try array { (scanner: inout JSONScanner) throws(TaskFileError) in try scanner.skip() }
        case UInt8.quote: _ = try string()
        default: _ = try scalar()
        }
    }

    private mutating func scalar() throws(TaskFileError) -> JSONNode {
        guard let first = following() else { throw error("unexpected end") }
        let start = place
        while place < text.count, text[place].isOfWord { place += 1 }
        let word = String(text: text[start..<place])
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            // What Double reads, without what JSON has not: names, hexadecimal digits.
            let isNumber = first.isDigit || first == UInt8(ascii: "-")
            let isPlain = word.utf8.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
            guard isNumber, isPlain, word.utf8.count <= 100, Double(word) != nil else {
                place = start
                throw error("expected a value")
            }
            return .number(word)
        }
    }

    /// - Precondition: at its opening quotation mark.
    mutating func string() throws(TaskFileError) -> String {
        let begin = place
        place += 1
        var parts: [UInt8] = []
        var start = place
        while place < text.count, !text[place].isBreak {
            switch text[place] {
            case .quote:
                let rest = text[start..<place]
                place += 1
                return parts.isEmpty ? String(text: rest) : String(text: parts + rest)
            case .backslash:
                parts += text[start..<place]
                place += 1
                try escape(into: &parts)
                start = place
            default: place += 1
            }
        }
        place = begin
        throw error("a string is begun here and not ended on its line")
    }

    private mutating func escape(into parts: inout [UInt8]) throws(TaskFileError) {
        guard place < text.count else { throw error("unexpected end") }
        let byte = text[place]
        place += 1
        switch byte {
        case .quote, .backslash, UInt8(ascii: "/"): parts.append(byte)
        case UInt8(ascii: "b"): parts.append(0x08)
        case UInt8(ascii: "f"): parts.append(0x0C)
        case UInt8(ascii: "n"): parts.append(.lineFeed)
        case UInt8(ascii: "r"): parts.append(.carriageReturn)
        case UInt8(ascii: "t"): parts.append(.tab)
        case UInt8(ascii: "u"): parts += String(Character(try unicodeEscape())).utf8
        default:
            place -= 1
            throw error("unknown escape")
        }
    }

    /// Half of a pair without the other half, which no character is, becomes U+FFFD.
    private mutating func unicodeEscape() throws(TaskFileError) -> Unicode.Scalar {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800...0xDBFF).contains(high), place + 1 < text.count, text[place] == .backslash,
            text[place + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let after = place
        place += 2
        let low = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(low) else {
            place = after
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(TaskFileError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard place < text.count, text[place] < 0x80,
                let digit = Character(Unicode.Scalar(text[place])).hexDigitValue
            else { throw error("expected four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }
}

extension UInt8 {
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")

    /// Whether it can stand in a number or a word such as `true`.
    fileprivate var isOfWord: Bool {
        isDigit || (0x61...0x7A).contains(self | 0x20) || self == UInt8(ascii: "-") || self == UInt8(ascii: "+")
            || self == UInt8(ascii: ".")
    }
}
