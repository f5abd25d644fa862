/// Walks through a script by the lexical rules of ECMA-262 §12, as far as they tell code from text.
struct ScriptReader {
    /// What a `/` would begin here: ECMA-262 leaves that to the grammar, which the last token nearly always tells.
    private enum Before {
        /// A value has ended: it divides.
        case value
        /// A value has to come: a regular expression begins.
        case operation
        /// One would have to know the whole grammar.
        case unclear
    }

    /// What is open.
    private enum Opened {
        case parenthesis(after: Before)
        case brace
        /// `${` of a template.
        case substitution
    }

    /// What a value follows.
    private static let operations: Set<String> = [
        "case", "default", "delete", "do", "else", "in", "instanceof", "new", "return", "throw", "typeof", "void",
    ]
    /// Words that can be names as well as what a value follows.
    private static let unclear: Set<String> = ["await", "of", "yield"]
    /// Behind their parentheses comes a statement.
    private static let heads: Set<String> = ["for", "if", "while", "with"]

    /// A word by which modules belong together, or wait.
    struct Mark {
        let word: String
        /// Where it begins in what was written.
        let offset: Int
        /// In no braces, brackets of calls or templates.
        let isOutermost: Bool
        /// Nothing stands before it on its line.
        let isFirst: Bool
    }

    private static let marked: Set<String> = ["import", "export", "await"]

    private let source: [UInt8]
    private var at = 0
    private var out: LineWriter
    /// In their order.
    private(set) var marks: [Mark] = []
    private var before = Before.operation
    private var opened: [Opened] = []
    /// Of the last token: the word that it is, `""` for any other.
    private var word = ""
    /// Whether the last token is the dot before a name.
    private var isAfterDot = false

    init(_ source: [UInt8]) {
        self.source = source
        out = LineWriter(capacity: source.count)
    }

    mutating func read() -> [UInt8]? {
        while at < source.count { guard step() else { return nil } }
        guard opened.isEmpty else { return nil }
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
        case Byte.slash where peek() == Byte.slash: skipLine()
        case Byte.slash where peek() == Byte.star: return skipBlock()
        case Byte.slash: return slash()
        case Byte.quote, Byte.apostrophe: return string(byte)
        case Byte.backtick: return template()
        case Byte.dot where !Byte.isDigit(peek()): dot()
        case Byte.dot: number()
        case _ where Byte.isDigit(byte): number()
        case _ where Byte.isWord(byte): name()
        default: return sign(byte)
        }
        return true
    }

    // MARK: Comments

    private mutating func skipLine() {
        while at < source.count, source[at] != Byte.newline {
            at += 1
        }
    }

    /// One over several lines counts as the end of one, any other as a space (§12.4).
    private mutating func skipBlock() -> Bool {
        at += 2
        var isLong = false
        while at < source.count, !(source[at] == Byte.star && peek() == Byte.slash) {
            if source[at] == Byte.newline { isLong = true }
            at += 1
        }
        guard at < source.count else { return false }
        at += 2
        if isLong { out.newline() } else { out.space(Byte.space) }
        return true
    }

    // MARK: Text

    private mutating func string(_ quote: UInt8) -> Bool {
        let start = at
        at += 1
        while at < source.count, source[at] != quote {
            if source[at] == Byte.newline { return false }
            at += source[at] == Byte.backslash ? 2 : 1
        }
        return take(from: start, .value)
    }

    /// From a backtick, or the brace that closes a substitution, to the end or the next substitution.
    private mutating func template() -> Bool {
        let start = at
        at += 1
        while at < source.count, source[at] != Byte.backtick {
            if source[at] == Byte.dollar, peek() == Byte.openBrace {
                at += 1
                opened.append(.substitution)
                return take(from: start, .operation)
            }
            at += source[at] == Byte.backslash ? 2 : 1
        }
        return take(from: start, .value)
    }

    private mutating func slash() -> Bool {
        switch before {
        case .value: return sign(Byte.slash)
        case .operation: return expression()
        case .unclear: return false
        }
    }

    /// A regular expression (§12.9.5); its flags are a word of their own.
    private mutating func expression() -> Bool {
        let start = at
        var isInClass = false
        at += 1
        while at < source.count, source[at] != Byte.slash || isInClass {
            switch source[at] {
            case Byte.newline: return false
            case Byte.openBracket: isInClass = true
            case Byte.closeBracket: isInClass = false
            case Byte.backslash: at += 1
            default: break
            }
            at += 1
        }
        guard take(from: start, .value) else { return false }
        while at < source.count, Byte.isWord(source[at]) {
            out.copy(source[at])
            at += 1
        }
        return true
    }

    /// Copies a token up to and with the byte that is looked at.
    private mutating func take(from start: Int, _ kind: Before) -> Bool {
        guard at < source.count else { return false }
        at += 1
        out.copy(source[start..<at])
        end(kind)
        return true
    }

    // MARK: Code

    private mutating func end(_ kind: Before, word: String = "", isDot: Bool = false) {
        before = kind
        self.word = word
        isAfterDot = isDot
    }

    private mutating func dot() {
        let isSpread = peek() == Byte.dot && peek(2) == Byte.dot
        let end = at + (isSpread ? 3 : 1)
        out.copy(source[at..<end])
        at = end
        self.end(.operation, isDot: !isSpread)
    }

    /// With its fraction and exponent, but for a sign in that, which changes nothing.
    private mutating func number() {
        while at < source.count, Byte.isWord(source[at]) || source[at] == Byte.dot {
            out.copy(source[at])
            at += 1
        }
        end(.value)
    }

    private mutating func name() {
        let (start, offset, isFirst) = (at, out.bytes.count, out.isAtStart)
        while at < source.count, Byte.isWord(source[at]) { at += 1 }
        out.copy(source[start..<at])
        let name = String(decoding: source[start..<at], as: UTF8.self)
        if isAfterDot { return end(.value) }
        if ScriptReader.marked.contains(name) {
            marks.append(Mark(word: name, offset: offset, isOutermost: opened.isEmpty, isFirst: isFirst))
        }
        if ScriptReader.operations.contains(name) {
            end(.operation, word: name)
        } else {
            end(ScriptReader.unclear.contains(name) ? .unclear : .value, word: name)
        }
    }

    /// Punctuation.
    private mutating func sign(_ byte: UInt8) -> Bool {
        guard byte > Byte.space, byte < 0x7f, byte != Byte.backslash, !isOldComment else { return false }
        switch byte {
        case Byte.open: opened.append(.parenthesis(after: afterParenthesis))
        case Byte.openBrace: opened.append(.brace)
        default: break
        }
        switch byte {
        case Byte.close:
            guard case .parenthesis(let after)? = opened.popLast() else { return false }
            put(byte, after)
        case Byte.closeBrace:
            switch opened.popLast() {
            case .brace: put(byte, .unclear)
            case .substitution: return template()
            default: return false
            }
        case Byte.closeBracket: put(byte, .value)
        case UInt8(ascii: "+") where peek() == byte, UInt8(ascii: "-") where peek() == byte:
            // Before a value or behind one.
            out.copy(byte)
            at += 1
            put(byte, .unclear)
        default: put(byte, .operation)
        }
        return true
    }

    private mutating func put(_ byte: UInt8, _ kind: Before) {
        out.copy(byte)
        at += 1
        end(kind)
    }

    private var afterParenthesis: Before {
        if ScriptReader.heads.contains(word) { return .operation }
        return ScriptReader.unclear.contains(word) ? .unclear : .value
    }

    /// `<!--` and `-->` begin comments in classic scripts (§B.1.1).
    private var isOldComment: Bool {
        let (dash, last) = (UInt8(ascii: "-"), UInt8(ascii: ">"))
        switch source[at] {
        case dash: return peek() == dash && peek(2) == last
        case UInt8(ascii: "<"): return peek() == UInt8(ascii: "!") && peek(2) == dash && peek(3) == dash
        default: return false
        }
    }
}
