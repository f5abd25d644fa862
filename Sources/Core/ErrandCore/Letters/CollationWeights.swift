/// What a character is to ``CollationKey``, as ``LetterTable`` keeps it.
struct CollationElement {
    enum Kind: UInt32 {
        case letter, accent, digit, punctuation, symbol, currency
    }

    let number: UInt32

    init(number: UInt32) { self.number = number }

    /// - Parameter variant: case and width, 0…15; a small letter is 0.
    init(_ kind: Kind, _ scalar: UInt32, variant: UInt32 = 0) {
        number = scalar | variant << 21 | kind.rawValue << 25
    }

    var kind: Kind { Kind(rawValue: number >> 25 & 0x7) ?? .symbol }
    /// The weight of a letter, the value of a digit, else a scalar.
    var scalar: UInt32 { number & 0x1F_FFFF }
    var variant: UInt32 { number >> 21 & 0xF }
}

/// The weights of ``CollationKey``: scalars, so that a key is text and as short as the text that it stands for.
///
/// The order is that of the root collation of CLDR as far as people notice
/// (<https://www.unicode.org/reports/tr35/tr35-collation.html#Root_Collation>): letters without accents in the order
/// of their alphabets, Han by radical and stroke, as Unicode has them. The weights of what ASCII has are printable
/// ASCII, without quotation mark and backslash, so that JSON does not make a key longer.
enum CollationWeights {
    /// All the weights of one byte, in order.
    private static let codes: [UInt8] = (UInt8(0x20)...0x7E).filter { $0 != 0x22 && $0 != 0x5C }

    /// Between the comparisons; less than every weight.
    static let separator = codes[0]
    private static let space = codes[1]
    private static let punctuation = Array("_-,;:!?.'\"()[]{}@*/\\&#%".unicodeScalars)
    private static let symbols = Array("`^+<=>|~".unicodeScalars)
    private static let punctuationLead = codes[2 + punctuation.count]
    private static let symbolLead = codes[3 + punctuation.count + symbols.count]
    private static let currencyLead = codes[4 + punctuation.count + symbols.count]
    private static let numbersStart = 5 + punctuation.count + symbols.count
    /// Before a number: by how many digits it has, from one.
    static let numbers = Array(codes[numbersStart..<(numbersStart + 9)])
    /// Before a number with more digits than ``numbers`` tell.
    static let longNumber = codes[numbersStart + 9]
    private static let latinStart = numbersStart + 10
    private static let latin = Array("abcdðeəfghiıjklmnŋopqrstuvwxyzʒþƿ".unicodeScalars)

    /// How many letters are passed, most first to least: more is less.
    static let gaps = Array(codes[12...91].reversed())
    static let longGap = codes[11]
    static let again = codes[92]
    static let differences = Array(codes[1...80])

    static func lead(of kind: CollationElement.Kind) -> UInt8 {
        switch kind {
        case .punctuation: punctuationLead
        case .currency: currencyLead
        default: symbolLead
        }
    }

    /// Vowels of Thai and Lao that are written before the consonant after which they are spoken.
    static func isSortedAfterNext(_ weight: UInt32) -> Bool {
        (0xE40...0xE44).contains(weight) || (0xEC0...0xEC4).contains(weight)
    }

    /// Consonants of Thai and Lao.
    static func isSpokenFirst(_ weight: UInt32) -> Bool {
        (0xE01...0xE2E).contains(weight) || (0xE81...0xEAE).contains(weight)
    }

    // MARK: - The table

    static let table = LetterTable(
        { character in
            let isCanonical = character.canonical == character.compatible
            // Ligatures of many letters stay as they are: a key must not be longer than an index takes.
            let length = character.compatible.reduce(0) { $0 + (LetterFacts.isSecondary($1) ? 0 : UTF8.width($1)) }
            let parts = isCanonical || length <= 4 ? character.compatible : character.canonical
            if LetterFacts.ownLetter(character.scalar) != nil {
                return elements(of: character.scalar, isVariant: false).map(\.number)
            }
            let isVariant = !isCanonical && parts == character.compatible
            return parts.flatMap { elements(of: $0, isVariant: isVariant) }.map(\.number)
        }, plain: { CollationElement(.letter, moved($0)).number })

    /// One scalar that cannot be decomposed, or is not to be.
    private static func elements(of scalar: Unicode.Scalar, isVariant: Bool) -> [CollationElement] {
        if LetterFacts.isInvisible(scalar) || scalar.value == 0x640 { return [] }
        if LetterFacts.isSecondary(scalar) { return [CollationElement(.accent, scalar.value)] }
        let wide: UInt32 = isVariant ? 4 : 0
        if let digit = LetterFacts.digit(scalar) {
            return [CollationElement(.digit, UInt32(digit), variant: scalar.isASCII ? wide : 4)]
        }
        if let sign = sign(scalar, variant: wide) { return [sign] }
        if let kana = kana(scalar) { return [CollationElement(.letter, kana.weight, variant: wide + kana.variant)] }
        let folded = LetterFacts.caseFolded(scalar)
        // ß is ss but for this comparison, and so is a final sigma a sigma.
        let letterCase: UInt32 = folded == [scalar] ? 0 : scalar.properties.lowercaseMapping == String(scalar) ? 2 : 1
        return folded.flatMap { letter -> [CollationElement] in
            if LetterFacts.isSecondary(letter) { return [CollationElement(.accent, letter.value)] }
            if letter == "i", scalar == "ı" { return [CollationElement(.letter, weight(of: scalar))] }
            if let joined = taken(letter) {
                return joined.letters.map { CollationElement(.letter, weight(of: $0), variant: wide + letterCase) }
                    + [CollationElement(.accent, joined.mark)]
            }
            let same = LetterFacts.sameLetters[letter]?.unicodeScalars.first ?? letter
            let variant = wide + letterCase + (same == letter ? 0 : 2)
            return [CollationElement(.letter, weight(of: same), variant: variant)]
        }
    }

    /// Letters that sort as others with a stroke through them, or as two that are joined.
    private static func taken(_ letter: Unicode.Scalar) -> (letters: [Unicode.Scalar], mark: UInt32)? {
        switch letter {
        case "ł": (["l"], 0x335)
        case "đ": (["d"], 0x335)
        case "ħ": (["h"], 0x335)
        case "ŧ": (["t"], 0x335)
        case "ø": (["o"], 0x338)
        case "æ": (["a", "e"], 0x361)
        case "œ": (["o", "e"], 0x361)
        default: nil
        }
    }

    private static func sign(_ scalar: Unicode.Scalar, variant: UInt32) -> CollationElement? {
        switch scalar.properties.generalCategory {
        case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator:
            return CollationElement(.letter, UInt32(space), variant: variant)
        case .currencySymbol: return CollationElement(.currency, scalar.value, variant: variant)
        case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .dashPunctuation,
            .connectorPunctuation, .otherPunctuation:
            let (plain, other) = alike(scalar).map { ($0, UInt32(1)) } ?? (scalar, 0)
            guard let place = punctuation.firstIndex(of: plain) else {
                return CollationElement(.punctuation, scalar.value, variant: variant)
            }
            return CollationElement(.letter, UInt32(codes[2 + place]), variant: variant + other)
        case .mathSymbol, .modifierSymbol, .otherSymbol, .privateUse, .surrogate, .unassigned, .otherNumber:
            guard let place = symbols.firstIndex(of: scalar) else {
                return CollationElement(.symbol, scalar.value, variant: variant)
            }
            return CollationElement(.letter, UInt32(codes[3 + punctuation.count + place]), variant: variant)
        default: return nil
        }
    }

    /// The ASCII sign for typographic quotation marks and dashes.
    private static func alike(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x2018...0x201B, 0x2039, 0x203A: "'"
        case 0x201C...0x201F, 0xAB, 0xBB: "\""
        case 0x2010...0x2015: "-"
        default: nil
        }
    }

    /// Kana by the hiragana that is neither small nor voiced.
    private static func kana(_ scalar: Unicode.Scalar) -> (weight: UInt32, variant: UInt32)? {
        let hiragana = LetterFacts.hiragana(scalar)
        guard let letter = hiragana ?? ((0x3041...0x3096).contains(scalar.value) ? scalar : nil) else { return nil }
        let variant: UInt32 = hiragana == nil ? 0 : 2
        if let full = smallKana[letter] { return (weight(of: full), variant) }
        return (weight(of: letter), variant + 1)
    }

    private static let smallKana: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        zip("ぁぃぅぇぉっゃゅょゎゕゖ".unicodeScalars, "あいうえおつやゆよわかけ".unicodeScalars)
    ) { first, _ in first }

    // MARK: - Letters

    private static func weight(of letter: Unicode.Scalar) -> UInt32 {
        places[letter] ?? moved(letter.value)
    }

    /// Where scripts come in another order than Unicode has them: Korean, kana, Han, then the rest of their plane.
    private static func moved(_ value: UInt32) -> UInt32 {
        switch value {
        // Letters of Arabic that no table names, out of the way of those of which one does.
        case 0x620...0x64A: value + 0x30
        case 0x2C00...0x303F: value - 0x2C00 + 0xE000
        case 0x3040...0x318F: value - 0x3040 + 0x57B0
        case 0x3190...0x33FF: value - 0x3190 + 0xE440
        case 0x3400...0x4DBF: value - 0x3400 + 0xAB00
        case 0x4E00...0x9FFF: value - 0x4E00 + 0x5900
        case 0xA000...0xABFF: value - 0xA000 + 0xE6B0
        case 0xAC00...0xD7A3: value - 0xAC00 + 0x2C00
        case 0xD7A4...0xD7FF: value - 0xD7A4 + 0xF2B0
        default: value
        }
    }

    private static let places: [Unicode.Scalar: UInt32] = {
        var places: [Unicode.Scalar: UInt32] = [:]
        for (index, letter) in latin.enumerated() { places[letter] = UInt32(codes[latinStart + index]) }
        func add(_ letters: String, from start: UInt32) {
            for (index, letter) in letters.unicodeScalars.enumerated() { places[letter] = start + UInt32(index) }
        }
        add("абвгґдђѓеєжзѕиіїйјклљмнњопрстћќуўфхцчџшщъыьэюя", from: 0x400)
        add("ءابپةتٹثجچحخدڈذرڑزژسشصضطظعغفڤقكگلمنںهھوىيے", from: 0x620)
        return places
    }()
}
