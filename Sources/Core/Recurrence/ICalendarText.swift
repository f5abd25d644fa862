import CivilTime

/// Dates and times as iCalendar writes them (RFC 5545 §3.3.4, §3.3.5): `19970714`, `19970714T133000`,
/// `19970714T133000Z`.
enum ICalendarText {
    static func date(_ text: Substring) -> LocalDate? {
        guard text.utf8.count == 8, let number = digits(text) else { return nil }
        return LocalDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    static func local(_ text: Substring) -> LocalDateTime? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = date(parts[0]), parts[1].utf8.count == 6, let number = digits(parts[1]),
            let time = LocalTime(hour: number / 10_000, minute: number / 100 % 100, second: number % 100)
        else { return nil }
        return LocalDateTime(date, time)
    }

    static func until(_ text: Substring) -> RecurrenceRule.Until? {
        if let date = date(text) { return .date(date) }
        if text.last == "Z" {
            return local(text.dropLast()).map { .utc(Zone.utc.instant(of: $0)) }
        }
        return local(text).map { .local($0) }
    }

    static func text(_ date: LocalDate) -> String {
        String(date.description.filter { $0 != "-" })
    }

    static func text(_ local: LocalDateTime) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(text(local.date))T\(two(local.time.hour))\(two(local.time.minute))\(two(local.time.second))"
    }

    static func text(_ until: RecurrenceRule.Until) -> String {
        switch until {
        case .date(let date): text(date)
        case .local(let local): text(local)
        case .utc(let instant): text(Zone.utc.localDateTime(at: instant)) + "Z"
        }
    }

    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}

extension Weekday {
    /// The two letters of iCalendar.
    var iCalendarName: String { String(name.prefix(2)).uppercased() }

    init?(iCalendarName: Substring) {
        guard let day = Weekday.allCases.first(where: { $0.iCalendarName == iCalendarName }) else { return nil }
        self = day
    }
}
