/// What is true of letters beyond their Unicode properties, for ``SearchWords``, ``TagKey`` and ``CollationKey`` alike.
///
/// What counts as an accent follows the root collation of CLDR, which browsers sort by
/// (<https://www.unicode.org/reports/tr35/tr35-collation.html#Root_Collation>): ё is е, ö is o, but й is no и. Only the
/// Ukrainian ї, which is an і there, is a letter of its own here, as in its alphabet.
enum LetterFacts {
    /// Nothing that people see or mean to type: joiners, direction marks, soft hyphens, and the variation selectors
    /// that tell ☀️ from ☀.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xFE00...0xFE0F, 0xE_0000...0xE_0FFF, 0x34F: true
        default: scalar.properties.generalCategory == .format
        }
    }

    /// Marks that a search does without: accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic,
    /// the dots of Indian scripts, rings and keycaps around others. Vowel signs and tones of other scripts are letters.
    static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x300: false
        case 0x300...0x36F, 0x483...0x489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        case 0x591...0x5C7, 0x610...0x61A, 0x64B...0x65F, 0x670, 0x6D6...0x6ED, 0x8D3...0x8FF:
            scalar.properties.generalCategory == .nonspacingMark
        case 0x93C, 0x9BC, 0xA3C, 0xABC, 0xB3C, 0xC3C, 0xCBC: true
        default: false
        }
    }

    /// Marks that are told apart only when all letters are the same, in sorting: accents, and the tones of Thai and
    /// Lao and the voice marks of kana besides.
    static func isSecondary(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xE47...0xE4E, 0xEC8...0xECE, 0x3099, 0x309A: true
        default: isAccent(scalar)
        }
    }

    /// Full case folding (<https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt>), made of the mappings: what
    /// has no one-to-one lower case (ß and SS, the two sigmas) meets in upper case.
    ///
    /// All of I, ı, İ and i are one letter: what a Turkish reader tells apart, others type as they find it, and a
    /// space may have readers of both kinds.
    static func caseFolded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar.isASCII {
            return ("A"..."Z").contains(scalar) ? [Unicode.Scalar(UInt8(scalar.value) + 32)] : [scalar]
        }
        let lower = scalar.properties.lowercaseMapping
        if lower == "ı" { return ["i"] }
        let upper = lower.unicodeScalars.flatMap { Array($0.properties.uppercaseMapping.unicodeScalars) }
        return upper.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
    }

    /// A Cyrillic letter with a mark that makes it a letter of its own, in lower case; nil for others.
    static func ownLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0x400...0x45F).contains(scalar.value) else { return nil }
        let folded = caseFolded(scalar)
        return folded.count == 1 && ownLetters.values.contains(folded[0]) ? folded[0] : nil
    }

    /// The letters of ``ownLetter(_:)`` by the two parts of their decomposition.
    static let ownLetters: [Pair: Unicode.Scalar] = [
        Pair("и", "\u{306}"): "й", Pair("у", "\u{306}"): "ў", Pair("і", "\u{308}"): "ї", Pair("г", "\u{301}"): "ѓ",
        Pair("к", "\u{301}"): "ќ",
    ]

    struct Pair: Hashable {
        let letter: Unicode.Scalar
        let mark: Unicode.Scalar

        init(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) {
            (self.letter, self.mark) = (letter, mark)
        }
    }

    /// Latin letters that Unicode does not take apart, and what people type who do not have them on their keyboard.
    static let typedAs: [Unicode.Scalar: String] = {
        let letters = """
            ł l đ d ø o ħ h ŧ t æ ae œ oe þ th ð d ŋ n ĸ k ƀ b ɓ b ƈ c ȼ c ɖ d ɗ d ɇ e ƒ f ɠ g ǥ g ɨ i ɉ j ƙ k ƚ l ɫ l \
            ƞ n ɲ n ɵ o ƥ p ɍ r ƫ t ƭ t ʉ u ʋ v ⱳ w ƴ y ɏ y ƶ z ȥ z
            """
        return table(letters)
    }()

    /// Letters of other alphabets that are written in several ways: final forms of Hebrew; alif, ya, ha and kaf of
    /// Arabic and Persian keyboards.
    static let sameLetters: [Unicode.Scalar: String] = table(
        "ך כ ם מ ן נ ף פ ץ צ ٱ ا ى ي ی ي ک ك ة ه ۀ ه"
    )

    /// Pairs of words: a letter, and what it becomes.
    private static func table(_ text: String) -> [Unicode.Scalar: String] {
        let words = text.split { $0 == " " || $0 == "\n" }.map(String.init)
        var table: [Unicode.Scalar: String] = [:]
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            if let letter = words[index].unicodeScalars.first { table[letter] = words[index + 1] }
        }
        return table
    }

    /// Whether no character of a text can be taken for a part of the one before it. Such a text is in a normalization
    /// form already, as far as its single characters are.
    static func isComposed(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case ..<0x300, 0x370..<0x483, 0x3400..<0xA66F, 0xAC00..<0xD7B0: return true
            // Parts of Hangul, as many forms as there are, and voice marks of kana.
            case 0x1100...0x11FF, 0x3131...0x318E, 0xFF9E...0xFFDC: return false
            default:
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .spacingMark, .enclosingMark: return false
                default: return true
                }
            }
        }
    }

    /// Decimal digits of every script are the ten.
    static func digit(_ scalar: Unicode.Scalar) -> Int? {
        if ("0"..."9").contains(scalar) { return Int(scalar.value) - 0x30 }
        guard !scalar.isASCII, scalar.properties.generalCategory == .decimalNumber else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }

    /// A hiragana for a katakana; nil for what is none.
    static func hiragana(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        (0x30A1...0x30F6).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0x60) : nil
    }
}
