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

    private mutating func both(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        var parts = [try negated(depth: depth)]
        while take("&") { parts.append(try negated(depth: depth)) }
        return parts.count == 1 ? parts[0] : .all(parts)
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

    private mutating func condition() throws(FilterSyntaxError) -> FilterExpression {
        skipSpace()
        let start = place
        var isQuoted = false
        while place < units.count {
            let unit = units[place]
            if unit == UInt16(UInt8(ascii: "\"")) { isQuoted.toggle() }
            if !isQuoted, Self.ends.contains(unit) { break }
            place += 1
        }
        let text = String(decoding: units[start..<place], as: UTF16.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        conditions += 1
        guard conditions <= FilterExpression.conditionsMax else {
            throw FilterSyntaxError(
                offset: start, expected: "at most \(FilterExpression.conditionsMax) conditions")
        }
        guard let found = FilterCondition(context: context).read(words) else {
            throw FilterSyntaxError(offset: start, expected: FilterCondition.expected(after: words))
        }
        return found
    }

    private static let ends = Set("&|()".utf16)

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < units.count, units[place] == UInt16(UInt8(ascii: sign)) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < units.count, [0x20, 0x09, 0x0A, 0x0D, 0xA0].contains(units[place]) { place += 1 }
    }

    private func failure(_ expected: String) -> FilterSyntaxError {
        FilterSyntaxError(offset: place, expected: expected)
    }
}
