/// A word, a number or a sign of a text, and where it stands.
struct Token: Sendable {
    enum Kind: Sendable {
        case word, number, sign
    }

    let kind: Kind
    /// In lower case; a slip of the pen is mended, see ``isMended``.
    var text: String
    /// Of a number of at most six digits.
    let number: Int?
    /// UTF-16 code units.
    let range: Range<Int>
    /// Whether it follows white space, or nothing.
    let isApart: Bool
    /// Whether it is written with a capital letter first.
    let isCapitalised: Bool
    /// Whether it is written in capitals, two or more.
    let isUppercase: Bool
    /// Whether ``text`` is what was probably meant, not what was typed.
    var isMended = false
    /// Whether any table of the language has it; numbers are in none.
    var isKnown = false

    /// A sign outside of ASCII that is no dash and no quotation mark, such as an emoji: it ends a word.
    var isPicture: Bool {
        kind == .sign && text.unicodeScalars.allSatisfy { $0.value > 0x7F } && !Self.typography.contains(text)
    }

    private static let typography: Set<String> = ["–", "—", "’", "“", "”", "„"]
}

/// Takes a text apart. Digits and letters that touch are tokens of their own, so `9am` is `9` and `am`.
enum Tokenizer {
    /// The rest of a longer text is left uninterpreted.
    static let tokensMax = 400

    static func tokens(_ text: String) -> [Token] {
        var tokens: [Token] = []
        var scanner = Scanner()
        for scalar in text.unicodeScalars {
            let kind = Tokenizer.kind(of: scalar)
            if kind != scanner.kind || kind == .sign { scanner.close(into: &tokens) }
            if tokens.count >= tokensMax { return tokens }
            scanner.take(scalar, kind)
        }
        scanner.close(into: &tokens)
        return tokens
    }

    /// Nil for white space.
    private static func kind(of scalar: Unicode.Scalar) -> Token.Kind? {
        switch scalar.value {
        case 0x30...0x39: return .number
        case 0x41...0x5A, 0x61...0x7A: return .word
        case 0x20, 0x09...0x0D, 0xA0: return nil
        case 0..<0x80: return .sign
        default:
            if scalar.properties.isWhitespace { return nil }
            let isLetter = scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
            return isLetter ? .word : .sign
        }
    }

    private struct Scanner {
        private(set) var kind: Token.Kind?
        private var text = ""
        private var start = 0
        private var end = 0
        private var isApart = true
        private var nextIsApart = true

        mutating func take(_ scalar: Unicode.Scalar, _ kind: Token.Kind?) {
            if kind == nil {
                nextIsApart = true
            } else if self.kind == nil {
                self.kind = kind
                start = end
                isApart = nextIsApart
                nextIsApart = false
            }
            if kind != nil { text.unicodeScalars.append(scalar) }
            end += scalar.value > 0xFFFF ? 2 : 1
        }

        mutating func close(into tokens: inout [Token]) {
            guard let kind else { return }
            let isShort = text.utf8.count <= 6
            let lowered = kind == .word ? text.lowercased() : text
            let isCapitalised = kind == .word && text.first?.isUppercase == true
            let token = Token(
                kind: kind, text: lowered, number: kind == .number && isShort ? Int(text) : nil, range: start..<end,
                isApart: isApart, isCapitalised: isCapitalised,
                isUppercase: isCapitalised && text.utf8.count > 1 && text == text.uppercased()
            )
            tokens.append(token)
            self.kind = nil
            text = ""
        }
    }
}
