import Foundation

/// What spellings of one tag share: its text without differences of case and width, and without what nobody sees, such
/// as the variation selector of an emoji. Accents tell tags apart.
///
/// NFKC_Casefold (<https://www.unicode.org/reports/tr44/#NFKC_Casefold>), but for I, ı, İ and i, which are one letter,
/// as in ``LetterFacts/caseFolded(_:)``.
enum TagKey {
    static func key(of name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
        var key = String.UnicodeScalarView()
        var isComposed = true
        var table = table.reader
        let name = LetterFacts.isComposed(name) ? name : name.precomposedStringWithCompatibilityMapping
        for scalar in name.unicodeScalars {
            table.each(of: scalar) { number in
                if number & combines != 0 { isComposed = false }
                key.append(Unicode.Scalar(number & 0x1F_FFFF) ?? " ")
            }
        }
        if isComposed { return String(key) }
        let text = String(key).replacing("i\u{307}", with: "i")
        return text.precomposedStringWithCompatibilityMapping
    }

    /// Marks a scalar that may have to be composed with the one before.
    private static let combines: UInt32 = 1 << 24

    private static let table = LetterTable(
        { character in
            let folded = character.composed.flatMap { LetterFacts.isInvisible($0) ? [] : LetterFacts.caseFolded($0) }
            // Folding may leave what can be composed, as it was before.
            let text = String(String.UnicodeScalarView(folded)).precomposedStringWithCompatibilityMapping
            let whole = character.scalar == "İ" ? "i" : text
            return whole.unicodeScalars.map { $0.value | (isCombining($0) ? combines : 0) }
        }, plain: { $0 })

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: (0x1161...0x11FF).contains(scalar.value)
        }
    }
}
