import ErrandCore
import Foundation

/// The words of a text as SQLite's `unicode61` tokenizer finds them with the options of ``SQLiteSchema``
/// (<https://www.sqlite.org/fts5.html#unicode61_tokenizer>): runs of letters, digits and symbols, without case and
/// diacritics. For databases whose own tokenizers find other words.
enum SearchWords {
    static func words(in text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let folded = fold(scalar) {
                word.append(contentsOf: folded)
            } else if !isDiacritic(scalar), !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }

    /// - Returns: nil for what is no part of a word.
    private static func fold(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        if scalar.isASCII {
            switch scalar {
            case "a"..."z", "0"..."9": return [scalar]
            case "A"..."Z": return [Unicode.Scalar(UInt8(scalar.value) + 32)]
            default: return nil
            }
        }
        guard SearchQuery.isSearchable(scalar) else { return nil }
        let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
        let base = parts.dropFirst().allSatisfy(isDiacritic) ? parts[0] : scalar
        let lower = base.properties.lowercaseMapping.unicodeScalars.filter { !isDiacritic($0) }
        return Array(lower)
    }

    /// The block of combining diacritical marks.
    private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
        (0x300...0x36F).contains(scalar.value)
    }
}
