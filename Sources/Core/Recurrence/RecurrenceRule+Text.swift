import CivilTime

extension RecurrenceRule: CustomStringConvertible {
    /// Reads the value of an RRULE property, such as `FREQ=MONTHLY;BYDAY=-1FR`; a leading `RRULE:` is allowed.
    /// Names and values in either case, each part once, in any order.
    ///
    /// - Throws: ``RecurrenceRuleError`` naming the part at fault.
    public init(_ text: String) throws(RecurrenceRuleError) {
        guard text.utf8.count <= RecurrenceRule.textLengthMax else {
            throw RecurrenceRuleError(
                part: "RRULE", detail: "Must have at most \(RecurrenceRule.textLengthMax) characters.")
        }
        var parts = try RuleParts(text)
        guard let name = parts.take("FREQ") else {
            throw RecurrenceRuleError(part: "FREQ", detail: "Is required.")
        }
        guard let frequency = Frequency(rawValue: String(name)) else {
            throw RecurrenceRuleError(part: "FREQ", detail: "Must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.")
        }
        var rule = RecurrenceRule(frequency)
        rule.interval = try parts.number("INTERVAL") ?? 1
        rule.end = try parts.end()
        rule.months = try parts.numbers("BYMONTH")
        rule.weekNumbers = try parts.numbers("BYWEEKNO")
        rule.yearDays = try parts.numbers("BYYEARDAY")
        rule.monthDays = try parts.numbers("BYMONTHDAY")
        rule.days = try parts.days()
        rule.hours = try parts.numbers("BYHOUR")
        rule.minutes = try parts.numbers("BYMINUTE")
        rule.seconds = try parts.numbers("BYSECOND")
        rule.positions = try parts.numbers("BYSETPOS")
        if let value = parts.take("WKST") {
            guard let day = Weekday(iCalendarName: value) else {
                throw RecurrenceRuleError(part: "WKST", detail: "Must be MO, TU, WE, TH, FR, SA or SU.")
            }
            rule.weekStart = day
        }
        try parts.finish()
        self = try rule.validated()
    }

    /// The value of an RRULE property, FREQ first; what is the default is left out. Reading it gives the same rule.
    public var description: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let until): parts.append("UNTIL=\(ICalendarText.text(until))")
        }
        let lists: [(name: String, values: [Int])] = [
            ("BYMONTH", months), ("BYWEEKNO", weekNumbers), ("BYYEARDAY", yearDays), ("BYMONTHDAY", monthDays),
        ]
        for (name, values) in lists where !values.isEmpty { parts.append(RecurrenceRule.part(name, values)) }
        if !days.isEmpty { parts.append("BYDAY=\(days.map(\.text).joined(separator: ","))") }
        let times: [(name: String, values: [Int])] = [
            ("BYHOUR", hours), ("BYMINUTE", minutes), ("BYSECOND", seconds), ("BYSETPOS", positions),
        ]
        for (name, values) in times where !values.isEmpty { parts.append(RecurrenceRule.part(name, values)) }
        if weekStart != .monday { parts.append("WKST=\(weekStart.iCalendarName)") }
        return parts.joined(separator: ";")
    }

    private static func part(_ name: String, _ values: [Int]) -> String {
        "\(name)=\(values.map(String.init).joined(separator: ","))"
    }
}

extension RecurrenceRule.Day {
    fileprivate var text: String { (ordinal.map(String.init) ?? "") + weekday.iCalendarName }
}

/// The parts of a rule by name, each taken once.
private struct RuleParts {
    private var values: [String: Substring] = [:]

    init(_ text: String) throws(RecurrenceRuleError) {
        var rest = text.uppercased()[...]
        if rest.hasPrefix("RRULE:") { rest = rest.dropFirst(6) }
        for part in rest.split(separator: ";", omittingEmptySubsequences: true) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair[0])
            guard pair.count == 2, !pair[1].isEmpty else {
                throw RecurrenceRuleError(part: "RRULE", detail: "Each part must be NAME=value.")
            }
            guard values.updateValue(pair[1], forKey: name) == nil else {
                throw RecurrenceRuleError(part: String(name.prefix(20)), detail: "Is given twice.")
            }
        }
    }

    mutating func take(_ name: String) -> Substring? { values.removeValue(forKey: name) }

    mutating func number(_ name: String) throws(RecurrenceRuleError) -> Int? {
        guard let text = take(name) else { return nil }
        guard let number = RuleParts.number(text) else {
            throw RecurrenceRuleError(part: name, detail: "Must be a whole number.")
        }
        return number
    }

    mutating func numbers(_ name: String) throws(RecurrenceRuleError) -> [Int] {
        guard let text = take(name) else { return [] }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map(RuleParts.number)
        guard numbers.allSatisfy({ $0 != nil }) else {
            throw RecurrenceRuleError(part: name, detail: "Must be whole numbers separated by commas.")
        }
        return numbers.compactMap(\.self)
    }

    mutating func days() throws(RecurrenceRuleError) -> [RecurrenceRule.Day] {
        guard let text = take("BYDAY") else { return [] }
        var days: [RecurrenceRule.Day] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ordinal = item.dropLast(2)
            guard let weekday = Weekday(iCalendarName: item.suffix(2)),
                ordinal.isEmpty || RuleParts.number(ordinal) != nil
            else {
                throw RecurrenceRuleError(part: "BYDAY", detail: "Must be days such as MO, 2TU or -1FR.")
            }
            days.append(RecurrenceRule.Day(weekday, ordinal: RuleParts.number(ordinal)))
        }
        return days
    }

    mutating func end() throws(RecurrenceRuleError) -> RecurrenceRule.End {
        let count = try number("COUNT")
        guard let text = take("UNTIL") else { return count.map { .count($0) } ?? .never }
        guard count == nil else {
            throw RecurrenceRuleError(part: "UNTIL", detail: "Cannot be combined with COUNT.")
        }
        guard let until = ICalendarText.until(text) else {
            throw RecurrenceRuleError(part: "UNTIL", detail: "Must be YYYYMMDD, or YYYYMMDDTHHMMSS with or without Z.")
        }
        return .until(until)
    }

    func finish() throws(RecurrenceRuleError) {
        guard let name = values.keys.min() else { return }
        throw RecurrenceRuleError(part: String(name.prefix(20)), detail: "There is no such part.")
    }

    /// A number with an optional sign and at most six digits.
    private static func number(_ text: Substring) -> Int? {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
        guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
