import CivilTime

/// Recursive descent over an expression: either, both, not, one condition.
struct FilterParser {
    private let units: [UInt16]
    private let context: LanguageContext
    private var place = 0
    private var conditions = 0

    init(_ text: String, _ context: LanguageContext) {
        units = Array(text.utf16)
        self.context = context
    }

    mutating func parse() throws(FilterSyntaxError) -> FilterExpression {
        let expression = try either(depth: 0)
        skipSpace()
        guard place == units.count else { throw failure("& or |, or the end") }
        return expression
    }

    private mutating func either(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        var parts = [try both(depth: depth)]
        while take("|") { parts.append(try both(depth: depth)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    /// Conditions beside each other mean the same as with `&` between them.
    private mutating func both(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        var parts = [try negated(depth: depth)]
        while take("&") || isBeforeMore { parts.append(try negated(depth: depth)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    /// Whether something follows that is no operator and no closing bracket.
    private var isBeforeMore: Bool {
        guard let next = units[place...].first(where: { !Self.spaces.contains($0) }) else { return false }
        return next != UInt16(UInt8(ascii: "|")) && next != UInt16(UInt8(ascii: ")"))
    }

    private mutating func negated(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        guard depth <= FilterExpression.depthMax else {
            throw failure("at most \(FilterExpression.depthMax) brackets in each other")
        }
        if take("!") { return .not(try negated(depth: depth + 1)) }
        guard take("(") else { return try condition() }
        let inner = try either(depth: depth + 1)
        guard take(")") else { throw failure("a closing bracket") }
        return inner
    }

    /// The longest run of words that is a condition.
    private mutating func condition() throws(FilterSyntaxError) -> FilterExpression {
        skipSpace()
        let start = place
        let words = wordRanges()
        conditions += 1
        guard conditions <= FilterExpression.conditionsMax else {
            throw FilterSyntaxError(
                offset: start, expected: "at most \(FilterExpression.conditionsMax) conditions")
        }
        let reader = FilterCondition(context: context)
        // A search may be long; everything else is a few words.
        for count in Set([words.count] + (0...min(words.count, Self.wordsMax))).sorted(by: >) where count > 0 {
            if let found = reader.read(text(words.prefix(count))) {
                place = words[count - 1].upperBound
                return found
            }
        }
        throw FilterSyntaxError(offset: start, expected: FilterCondition.expected(after: text(words[...])))
    }

    private func text(_ words: ArraySlice<Range<Int>>) -> String {
        words.map { String(decoding: units[$0], as: UTF16.self) }.joined(separator: " ")
    }

    /// Words up to an operator; a quotation is in one word with what it touches.
    private func wordRanges() -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = place
        while index < units.count, !Self.ends.contains(units[index]) {
            if Self.spaces.contains(units[index]) {
                index += 1
                continue
            }
            // "!" before a word begins another condition.
            if units[index] == Self.negation, index > place { break }
            let start = index
            var isQuoted = false
            while index < units.count,
                isQuoted || !Self.ends.contains(units[index]) && !Self.spaces.contains(units[index])
            {
                if units[index] == Self.quote { isQuoted.toggle() }
                index += 1
            }
            ranges.append(start..<index)
        }
        return ranges
    }

    /// Of one condition that is no search: `due before: the first monday of next month`.
    private static let wordsMax = 10
    private static let ends = Set("&|()".utf16)
    private static let spaces: Set<UInt16> = [0x20, 0x09, 0x0A, 0x0D, 0xA0]
    private static let quote = UInt16(UInt8(ascii: "\""))
    private static let negation = UInt16(UInt8(ascii: "!"))

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < units.count, units[place] == UInt16(UInt8(ascii: sign)) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < units.count, Self.spaces.contains(units[place]) { place += 1 }
    }

    private func failure(_ expected: String) -> FilterSyntaxError {
        FilterSyntaxError(offset: place, expected: expected)
    }
}
