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

/// One condition of an expression.
struct FilterCondition {
    let context: LanguageContext

    private var today: LocalDate { context.now.date }

    /// - Returns: nil when the words are none.
    func read(_ words: String) -> FilterExpression? {
        if let colon = words.firstIndex(of: ":") {
            let name = words[..<colon].lowercased()
            let value = words[words.index(after: colon)...].drop(while: \.isWhitespace)
            return named(name.trimmed, String(value))
        }
        if words.first == "#" || words.first == "@" {
            let name = words.dropFirst().filter { $0 != "\"" }
            return name.isEmpty || name.unicodeScalars.count > 60 ? nil : .tag(String(name))
        }
        return plain(words.lowercased())
    }

    private func plain(_ word: String) -> FilterExpression? {
        switch word {
        case "p1", "urgent": return .priority(.urgent)
        case "p2", "high": return .priority(.high)
        case "p3", "medium": return .priority(.medium)
        case "p4", "low": return .priority(.low)
        case "overdue", "od": return .overdue
        case "no date", "no due date", "no due": return .noDue
        case "no tags", "no labels", "no tag": return .untagged
        case "recurring": return .recurring
        case "done", "completed": return .completed
        case "pending", "open": return .not(.completed)
        case "reminders", "has reminders": return .reminders
        case "today": return .due(from: today, to: today.adding(days: 1))
        default: return days(word) ?? date(word).map { .due(from: $0, to: $0.adding(days: 1)) }
        }
    }

    /// "7 days", "next 7 days": from today on.
    private func days(_ word: String) -> FilterExpression? {
        let parts = word.split(separator: " ")
        let rest = parts.first == "next" ? parts.dropFirst() : parts[...]
        guard rest.count == 2, rest.last == "days", let count = rest.first.flatMap({ Int($0) }),
            (1...9_999).contains(count)
        else { return nil }
        return .due(from: today, to: today.adding(days: count))
    }

    private func named(_ name: String, _ value: String) -> FilterExpression? {
        switch name {
        case "search": return value.isEmpty ? nil : .search(value)
        case "priority": return plain(value.lowercased()).flatMap { if case .priority = $0 { $0 } else { nil } }
        case "tag", "label": return read("#" + value)
        case "due", "date", "due on", "on": return date(value).map { .due(from: $0, to: $0.adding(days: 1)) }
        case "due before", "before": return date(value).map { .due(from: nil, to: $0) }
        case "due after", "after": return date(value).map { .due(from: $0.adding(days: 1), to: nil) }
        case "created", "created on": return date(value).map { .created(from: $0, to: $0.adding(days: 1)) }
        case "created before": return date(value).map { .created(from: nil, to: $0) }
        case "created after": return date(value).map { .created(from: $0.adding(days: 1), to: nil) }
        default: return nil
        }
    }

    private func date(_ text: String) -> LocalDate? {
        guard let date = DateWords.parse(text, in: context)?.date, (1901...2998).contains(date.year) else { return nil }
        return date
    }

    static func expected(after words: String) -> String {
        guard let colon = words.firstIndex(of: ":") else {
            return "a condition such as #tag, p1, today, overdue, recurring, due before: friday or search: words"
        }
        return "a known condition, and after “\(words[..<colon].prefix(20)):” a date or words that fit it"
    }
}

extension String {
    fileprivate var trimmed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
