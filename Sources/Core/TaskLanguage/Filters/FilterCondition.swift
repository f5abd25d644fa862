import CivilTime

/// One condition of an expression.
struct FilterCondition {
    let context: LanguageContext

    private var today: LocalDate { context.today }

    /// - Returns: nil when the words are none.
    func read(_ words: String) -> FilterExpression? {
        if words.first != "#", words.first != "@", let colon = words.firstIndex(of: ":") {
            let name = words[..<colon].lowercased()
            let value = words[words.index(after: colon)...].drop(while: \.isWhitespace)
            return named(name.trimmed, String(value))
        }
        if words.first == "#" || words.first == "@" { return tag(words.dropFirst()) }
        return plain(words.lowercased())
    }

    /// One word, or several in quotation marks.
    private func tag(_ text: Substring) -> FilterExpression? {
        let isQuoted = text.count > 2 && text.first == "\"" && text.last == "\""
        let name = isQuoted ? text.dropFirst().dropLast() : text
        guard !name.isEmpty, name.unicodeScalars.count <= 60, !name.contains("\""),
            isQuoted || !name.contains(where: \.isWhitespace)
        else { return nil }
        return .tag(String(name))
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
        case "search": return search(value)
        case "priority": return plain(value.lowercased()).flatMap { if case .priority = $0 { $0 } else { nil } }
        case "tag", "label": return tag(value[...])
        case "due": return due(value.lowercased())
        case "date", "due on", "on": return date(value).map { .due(from: $0, to: $0.adding(days: 1)) }
        case "due before", "before": return date(value).map { .due(from: nil, to: $0) }
        case "due after", "after": return date(value).map { .due(from: $0.adding(days: 1), to: nil) }
        case "created", "created on": return date(value).map { .created(from: $0, to: $0.adding(days: 1)) }
        case "created before": return date(value).map { .created(from: nil, to: $0) }
        case "created after": return date(value).map { .created(from: $0.adding(days: 1), to: nil) }
        default: return nil
        }
    }

    /// Words end where a tag begins: `search: rent #home`.
    private func search(_ value: String) -> FilterExpression? {
        let words = value.split(separator: " ")
        let hasTag = words.contains { ($0.first == "#" || $0.first == "@") && $0.count > 1 }
        return value.isEmpty || hasTag && !value.contains("\"") ? nil : .search(value)
    }

    /// The words of the parameter `due` of lists, or a day.
    private func due(_ value: String) -> FilterExpression? {
        switch value {
        case "none", "never", "no date": return .noDue
        case "overdue": return .overdue
        case "week", "this week":
            let start = today.startOfWeek(beginningOn: context.weekStart)
            return .due(from: start, to: start.adding(days: 7))
        default: return date(value).map { .due(from: $0, to: $0.adding(days: 1)) }
        }
    }

    /// A day; filters go by whole days, so a time of day that would count for nothing is not read.
    private func date(_ text: String) -> LocalDate? {
        guard let due = DateWords.parse(text, in: context), due.time == nil, (1901...2998).contains(due.date.year)
        else { return nil }
        return due.date
    }

    static func expected(after words: String) -> String {
        guard let colon = words.firstIndex(of: ":") else {
            let some = "#tag, p1, today, overdue, recurring, due: none, due before: friday"
            return "a condition such as \(some) or search: words"
        }
        return "a known condition, and after “\(words[..<colon].prefix(20)):” a day or words that fit it"
    }
}

extension String {
    fileprivate var trimmed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
