import Foundation
import Synchronization

/// What each character of a text becomes: a list of numbers per character, found by two steps into arrays.
///
/// Pages of 256 characters are filled when one of them is first met, from the Unicode data of the standard library
/// (case, category) and of Foundation (normalization forms, <https://www.unicode.org/reports/tr15/>).
final class LetterTable: Sendable {
    /// One character with what Unicode says of it.
    struct Character {
        let scalar: Unicode.Scalar
        /// Its canonical decomposition (NFD).
        let canonical: [Unicode.Scalar]
        /// Its compatibility decomposition (NFKD).
        let compatible: [Unicode.Scalar]
        /// Its composed compatibility form (NFKC).
        let composed: [Unicode.Scalar]
    }

    /// Reads the table for one text.
    struct Reader {
        fileprivate let table: LetterTable
        fileprivate var pages: Pages

        /// Hands over what `scalar` becomes, number by number.
        @inline(__always)
        mutating func each(of scalar: Unicode.Scalar, _ body: (UInt32) -> Void) {
            let value = Int(scalar.value)
            if LetterTable.isPlain(scalar.value) { return body(table.plain(scalar.value)) }
            var place = Int(pages.places[value >> 8])
            if place == 0 {
                pages = table.pages(with: value >> 8)
                place = Int(pages.places[value >> 8])
            }
            let entry = pages.entries[place][value & 0xFF]
            guard entry & Pages.isList != 0 else { return body(entry) }
            let start = Int((entry & ~Pages.isList) >> 8)
            for index in start..<(start + Int(entry & 0xFF)) { body(pages.lists[index]) }
        }
    }

    fileprivate struct Pages {
        /// An entry is a number, or with this bit: where in ``lists`` several are (or none), and how many.
        static let isList: UInt32 = 1 << 31

        /// The places of pages in ``entries``; 0 for those that are not filled.
        var places = [UInt16](repeating: 0, count: 0x11_0000 >> 8)
        var entries: [[UInt32]] = [[]]
        var lists: [UInt32] = []
    }

    private let rule: @Sendable (Character) -> [UInt32]
    private let plain: @Sendable (UInt32) -> UInt32
    private let filled = Mutex(Pages())

    /// - Parameters:
    ///   - rule: what a character becomes; numbers below 2^31, 255 of them at most.
    ///   - plain: what a Han character or a Hangul syllable becomes, by its value. They are many and all alike.
    init(
        _ rule: @escaping @Sendable (Character) -> [UInt32], plain: @escaping @Sendable (UInt32) -> UInt32
    ) {
        (self.rule, self.plain) = (rule, plain)
    }

    var reader: Reader { Reader(table: self, pages: filled.withLock { $0 }) }

    @inline(__always)
    private static func isPlain(_ value: UInt32) -> Bool {
        value >= 0x3400
            && ((0x4E00...0x9FFF).contains(value) || (0xAC00...0xD7A3).contains(value) || value <= 0x4DBF
                || (0x2_0000...0x2_F7FF).contains(value) || (0x3_0000...0x3_FFFF).contains(value))
    }

    private func pages(with page: Int) -> Pages {
        filled.withLock { pages in
            guard pages.places[page] == 0 else { return pages }
            var entries = [UInt32](repeating: Pages.isList, count: 256)
            for (place, character) in LetterTable.characters(of: page) {
                let numbers = rule(character)
                if numbers.count == 1 {
                    entries[place] = numbers[0]
                } else {
                    entries[place] = Pages.isList | UInt32(pages.lists.count) << 8 | UInt32(numbers.count)
                    pages.lists += numbers
                }
            }
            pages.places[page] = UInt16(pages.entries.count)
            pages.entries.append(entries)
            return pages
        }
    }

    /// The characters of a page with their places in it.
    private static func characters(of page: Int) -> [(place: Int, character: Character)] {
        let separator: Unicode.Scalar = "\n"
        let scalars = (0..<256).compactMap { Unicode.Scalar(UInt32(page << 8 | $0)) }
        // A line each, as normalizing once is quicker than 256 times. No line feed is ever composed.
        var lines = String.UnicodeScalarView()
        for scalar in scalars {
            lines.append(scalar == separator ? " " : scalar)
            lines.append(separator)
        }
        func forms(_ normalized: String) -> [[Unicode.Scalar]] {
            normalized.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        }
        let text = String(lines)
        let canonical = forms(text.decomposedStringWithCanonicalMapping)
        let compatible = forms(text.decomposedStringWithCompatibilityMapping)
        let composed = forms(text.precomposedStringWithCompatibilityMapping)
        return scalars.indices.map { index in
            let character = Character(
                scalar: scalars[index], canonical: canonical[index], compatible: compatible[index],
                composed: composed[index]
            )
            return (Int(scalars[index].value & 0xFF), character)
        }
    }
}
