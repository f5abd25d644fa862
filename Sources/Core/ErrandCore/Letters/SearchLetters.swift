/// The letters of a text as searches compare them: without case, accents, width and what nobody sees; see
/// ``LetterFacts``.
struct SearchLetters {
    /// What a letter does to the words around it.
    enum Role: UInt32 {
        /// Ends a word.
        case separator
        /// Letters and digits of scripts that have spaces between words.
        case word
        /// Of a script without spaces, or one whose words are longer than what people search for (Korean); or a
        /// symbol, such as emoji.
        case run
        /// Belongs to the letter before.
        case mark
    }

    /// A scalar with its role and its canonical combining class in one number, as ``LetterTable`` keeps it.
    struct Letter {
        /// The class of marks above a letter
        /// (<https://www.unicode.org/reports/tr44/#Canonical_Combining_Class_Values>).
        private static let above: UInt32 = 230

        let number: UInt32

        init(number: UInt32) { self.number = number }

        init(_ scalar: Unicode.Scalar, _ role: Role) {
            // Seven bits: 127 is what stands above a letter, as nearly all accents do; the few classes between 126 and
            // that do not come together.
            let combining = UInt32(scalar.properties.canonicalCombiningClass.rawValue)
            let order = combining >= Letter.above ? 127 : min(combining, 126)
            number = scalar.value | role.rawValue << 21 | order << 24
        }

        var scalar: Unicode.Scalar { Unicode.Scalar(number & 0x1F_FFFF) ?? " " }
        var role: Role { Role(rawValue: number >> 21 & 0x7) ?? .separator }
        var order: UInt32 { number >> 24 }
    }

    private(set) var letters: [Letter] = []

    init(_ text: String) {
        letters.reserveCapacity(text.utf8.count)
        var table = SearchLetters.table.reader
        for scalar in text.unicodeScalars {
            if (0x300...0x308).contains(scalar.value), compose(scalar, LetterFacts.ownLetters) { continue }
            table.each(of: scalar) { append(Letter(number: $0)) }
        }
    }

    private mutating func append(_ letter: Letter) {
        let value = letter.scalar.value
        if value == 0x3099 || value == 0x309A {
            _ = compose(letter.scalar, SearchLetters.voicedKana)
        } else if (0x1161...0x11C2).contains(value), composeSyllable(value) {
            return
        } else {
            letters.append(letter)
            if letter.order > 0 { putInOrder() }
        }
    }

    /// Makes one of the last letter and a mark that follows it, where `table` knows them. Marks may come between whose
    /// order is before that of the mark, as of another script
    /// (D115 of <https://www.unicode.org/versions/latest/core-spec/chapter-3/>).
    private mutating func compose(_ mark: Unicode.Scalar, _ table: [LetterFacts.Pair: Unicode.Scalar]) -> Bool {
        var index = letters.count - 1
        if index >= 0, letters[index].order > 0 {
            let order = Letter(mark, .mark).order
            while index > 0, (1..<order).contains(letters[index].order) { index -= 1 }
        }
        guard index >= 0, let whole = table[LetterFacts.Pair(letters[index].scalar, mark)] else { return false }
        letters[index] = Letter(whole, letters[index].role)
        return true
    }

    /// Hangul syllables from their parts (<https://www.unicode.org/versions/latest/core-spec/chapter-3/#G56669>).
    private mutating func composeSyllable(_ value: UInt32) -> Bool {
        guard let last = letters.last?.scalar.value else { return false }
        let whole: UInt32
        switch (last, value) {
        case (0x1100...0x1112, 0x1161...0x1175): whole = 0xAC00 + ((last - 0x1100) * 21 + value - 0x1161) * 28
        case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (last - 0xAC00) % 28 == 0: whole = last + value - 0x11A7
        default: return false
        }
        if let syllable = Unicode.Scalar(whole) { letters[letters.count - 1] = Letter(syllable, .run) }
        return true
    }

    /// Canonical ordering of marks, of which the last has just come.
    private mutating func putInOrder() {
        var index = letters.count - 1
        while index > 0, letters[index - 1].order > letters[index].order {
            letters.swapAt(index - 1, index)
            index -= 1
        }
    }

    // MARK: - The table

    private static let table = LetterTable(
        { character in
            if let own = LetterFacts.ownLetter(character.scalar) { return [Letter(own, .word).number] }
            return character.compatible.flatMap { folded($0) }.map { Letter($0, role(of: $0)).number }
        }, plain: { $0 | Role.run.rawValue << 21 })

    /// One scalar that cannot be decomposed.
    private static func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if LetterFacts.isInvisible(scalar) || LetterFacts.isAccent(scalar) || isModifier(scalar) { return [] }
        if let digit = LetterFacts.digit(scalar) { return [Unicode.Scalar(UInt8(0x30 + digit))] }
        if let kana = LetterFacts.hiragana(scalar) { return [kana] }
        return LetterFacts.caseFolded(scalar).flatMap { letter -> [Unicode.Scalar] in
            if LetterFacts.isAccent(letter) { return [] }
            let same = LetterFacts.typedAs[letter] ?? LetterFacts.sameLetters[letter]
            return same.map { Array($0.unicodeScalars) } ?? [letter]
        }
    }

    /// Skin tones, and the strokes that make Arabic words longer.
    private static func isModifier(_ scalar: Unicode.Scalar) -> Bool {
        (0x1_F3FB...0x1_F3FF).contains(scalar.value) || scalar.value == 0x640
    }

    private static func role(of scalar: Unicode.Scalar) -> Role {
        switch scalar.properties.generalCategory {
        // Apostrophes, which some keyboards have as letters.
        case .modifierLetter where (0x2B9...0x2BF).contains(scalar.value): .separator
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            isOfRuns(scalar.value) ? .run : .word
        case .otherSymbol, .privateUse: .run
        // Emoji that are newer than this program.
        case .unassigned where (0x1_F000...0x1_FBFF).contains(scalar.value): .run
        case .nonspacingMark, .spacingMark: isOfRuns(scalar.value) ? .run : .mark
        default: .separator
        }
    }

    /// Scripts that have no spaces between words: Thai, Lao, Burmese, Khmer and their neighbours, Han, kana, Bopomofo,
    /// Yi; and Hangul.
    private static func isOfRuns(_ value: UInt32) -> Bool {
        switch value {
        case 0xE00...0xEFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x1950...0x19FF, 0x1A20...0x1AAF,
            0x1B00...0x1B7F, 0x2E80...0x2FDF, 0x3005...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA9FF, 0xAA60...0xAADF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0x1_6FE0...0x1_8DFF,
            0x1_AFF0...0x1_B16F, 0x2_0000...0x3_FFFF:
            true
        default: false
        }
    }

    /// Kana with the marks that make か to が and は to ぱ.
    private static let voicedKana: [LetterFacts.Pair: Unicode.Scalar] = {
        var table: [LetterFacts.Pair: Unicode.Scalar] = [LetterFacts.Pair("う", "\u{3099}"): "ゔ"]
        for letter in "かきくけこさしすせそたちつてとはひふへほ".unicodeScalars {
            table[LetterFacts.Pair(letter, "\u{3099}")] = Unicode.Scalar(letter.value + 1)
        }
        for letter in "はひふへほ".unicodeScalars {
            table[LetterFacts.Pair(letter, "\u{309A}")] = Unicode.Scalar(letter.value + 2)
        }
        return table
    }()
}
