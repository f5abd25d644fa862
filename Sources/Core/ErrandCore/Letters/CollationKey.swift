import Foundation

/// Where a text stands in an alphabetical list, as text that is compared by its bytes: the same on every database.
///
/// Four comparisons, each only where those before find no difference, as in the Unicode Collation Algorithm
/// (<https://www.unicode.org/reports/tr10/>): letters and numbers; accents; case and width, small letters first; and
/// what the caller breaks ties by. Runs of digits stand for their number, however long: `Kapitel 2` comes before
/// `Kapitel 10`. The order is spaces, punctuation, symbols, numbers, then the scripts: Latin, Greek, Cyrillic, …,
/// Korean, Japanese, Chinese; see ``CollationWeights``.
public struct CollationKey: Sendable {
    /// Longer keys are cut: databases limit what an index holds. The letters of 500 characters always fit.
    public static let bytesMax = 2_500

    /// Of the first comparison.
    private var primary: [UInt8] = []
    private var accents = Differences()
    private var cases = Differences()
    /// A run of digits that goes on.
    private var digits: [UInt8] = []
    private var digitCase: UInt32 = 0
    /// A vowel of Thai or Lao that is written before its consonant and sorted after it.
    private var held: UInt32?

    /// The key of a text.
    public static func key(of text: String) -> String {
        var key = CollationKey()
        key.primary.reserveCapacity(text.utf8.count + 16)
        var table = CollationWeights.table.reader
        let text = LetterFacts.isComposed(text) ? text : text.precomposedStringWithCanonicalMapping
        for scalar in text.unicodeScalars {
            table.each(of: scalar) { key.add(CollationElement(number: $0)) }
        }
        key.finishNumber()
        key.release()
        return key.text
    }

    private var text: String {
        var bytes = primary
        if !accents.bytes.isEmpty || !cases.bytes.isEmpty {
            bytes.append(CollationWeights.separator)
            bytes += accents.bytes
        }
        if !cases.bytes.isEmpty {
            bytes.append(CollationWeights.separator)
            bytes += cases.bytes
        }
        guard bytes.count > CollationKey.bytesMax else { return String(decoding: bytes, as: UTF8.self) }
        var end = CollationKey.bytesMax
        while bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    private mutating func add(_ element: CollationElement) {
        switch element.kind {
        case .accent: accents.note(element.scalar, asText: true)
        case .digit:
            if digits.isEmpty {
                release()
                digitCase = element.variant
            }
            digits.append(UInt8(0x30 + element.scalar))
        case .letter:
            finishNumber()
            if !CollationWeights.isSpokenFirst(element.scalar) { release() }
            if CollationWeights.isSortedAfterNext(element.scalar) {
                held = element.scalar
            } else {
                put(element.scalar, element.variant)
                release()
            }
        case .punctuation, .symbol, .currency:
            finishNumber()
            release()
            primary.append(CollationWeights.lead(of: element.kind))
            put(element.scalar, element.variant)
        }
    }

    private mutating func put(_ weight: UInt32, _ variant: UInt32) {
        CollationKey.append(weight, to: &primary)
        accents.passLetter()
        cases.passLetter()
        if variant > 0 { cases.note(variant) }
    }

    private mutating func release() {
        guard let vowel = held else { return }
        held = nil
        put(vowel, 0)
    }

    /// Writes how many digits a number has, then its digits. Zeros before it are told apart last.
    private mutating func finishNumber() {
        guard !digits.isEmpty else { return }
        let value = digits.drop { $0 == 0x30 }
        let number = value.isEmpty ? digits.suffix(1) : value
        if number.count < CollationWeights.numbers.count {
            primary.append(CollationWeights.numbers[number.count - 1])
        } else {
            primary.append(CollationWeights.longNumber)
            CollationKey.append(UInt32(0x80 + number.count), to: &primary)
        }
        primary += number
        accents.passLetter()
        cases.passLetter()
        let zeros = UInt32(min(digits.count - number.count, 60))
        if zeros > 0 || digitCase > 0 { cases.note(digitCase + (zeros > 0 ? 15 + zeros : 0)) }
        digits.removeAll(keepingCapacity: true)
    }

    private static func append(_ weight: UInt32, to bytes: inout [UInt8]) {
        if weight < 0x80 { return bytes.append(UInt8(weight)) }
        if let scalar = Unicode.Scalar(weight) { bytes += UTF8.encode(scalar).map(Array.init) ?? [] }
    }

    /// What sets the letters of a text apart, written so that a letter without a difference comes before one with
    /// any: for each difference, how many letters are passed before it (the more, the less), then which it is.
    private struct Differences {
        private(set) var bytes: [UInt8] = []
        private var passed = 0
        private var isAtLetter = false

        mutating func passLetter() {
            passed += 1
            isAtLetter = false
        }

        mutating func note(_ difference: UInt32, asText: Bool = false) {
            if isAtLetter {
                bytes.append(CollationWeights.again)
            } else {
                // The letter itself was passed too.
                var gap = max(passed - 1, 0)
                while gap >= CollationWeights.gaps.count {
                    bytes.append(CollationWeights.longGap)
                    gap -= CollationWeights.gaps.count
                }
                bytes.append(CollationWeights.gaps[gap])
            }
            if asText {
                CollationKey.append((0x300...0x36F).contains(difference) ? difference - 0x280 : difference, to: &bytes)
            } else {
                bytes.append(CollationWeights.differences[Int(min(difference, 79))])
            }
            (passed, isAtLetter) = (0, true)
        }
    }
}

extension Sequence {
    /// The elements in the order of the keys of their texts; those with the same key by their texts.
    public func sortedAlphabetically(by text: (Element) -> String) -> [Element] {
        // The separator keeps the key apart; bytes, as databases compare.
        map { element in (element, Array((CollationKey.key(of: text(element)) + "\0" + text(element)).utf8)) }
            .sorted { $0.1.lexicographicallyPrecedes($1.1) }
            .map(\.0)
    }
}
