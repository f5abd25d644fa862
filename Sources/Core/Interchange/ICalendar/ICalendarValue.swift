import CivilTime

/// Values of properties as iCalendar writes them (RFC 5545 §3.3).
enum ICalendarValue {
    /// What a date or a date with a time says; the time may be in UTC.
    enum Moment {
        case date(LocalDate)
        case local(LocalDateTime)
        case utc(Instant)
    }

    /// Reads `19970714`, `19970714T133000` and `19970714T133000Z` (§3.3.4, §3.3.5). A leap second is the one before it.
    static func moment(_ text: some BidirectionalCollection<UInt8>) -> Moment? {
        let bytes = Array(text)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[range] {
                guard byte.isDigit else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let date = LocalDate(year: year, month: month, day: day)
        else { return nil }
        if bytes.count == 8 { return .date(date) }
        guard bytes.count == 15 || bytes.count == 16 && bytes[15] == UInt8(ascii: "Z"), bytes[8] == UInt8(ascii: "T"),
            let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15), second <= 60,
            let time = LocalTime(hour: hour, minute: minute, second: min(second, 59))
        else { return nil }
        let local = LocalDateTime(date, time)
        return bytes.count == 16 ? .utc(Instant(seconds: Int64(local.wallSeconds))) : .local(local)
    }

    static func text(_ date: LocalDate) -> String {
        var text = ""
        text.reserveCapacity(8)
        for part in [date.year / 100, date.year % 100, date.month, date.day] { text += two(part) }
        return text
    }

    static func text(_ local: LocalDateTime) -> String {
        text(local.date) + "T" + two(local.time.hour) + two(local.time.minute) + two(local.time.second)
    }

    /// In UTC, to the second.
    static func text(_ instant: Instant) -> String { text(Zone.utc.localDateTime(at: instant)) + "Z" }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A text with its escapes taken back (§3.3.11).
    static func unescaped(_ value: ArraySlice<UInt8>) -> String {
        guard value.contains(.backslash) else { return String(text: value) }
        var text: [UInt8] = []
        text.reserveCapacity(value.count)
        var isEscaped = false
        for byte in value {
            if isEscaped {
                isEscaped = false
                let isBreak = byte == UInt8(ascii: "n") || byte == UInt8(ascii: "N")
                text.append(isBreak ? .lineFeed : byte)
            } else if byte == .backslash {
                isEscaped = true
            } else {
                text.append(byte)
            }
        }
        if isEscaped { text.append(.backslash) }
        return String(text: text)
    }

    /// The texts of a list, which commas without a backslash separate.
    static func list(_ value: ArraySlice<UInt8>) -> [String] {
        var items: [String] = []
        var (start, place) = (value.startIndex, value.startIndex)
        while place < value.endIndex {
            if value[place] == .backslash {
                place = min(place + 2, value.endIndex)
                continue
            }
            if value[place] == .comma {
                items.append(unescaped(value[start..<place]))
                start = place + 1
            }
            place += 1
        }
        items.append(unescaped(value[start...]))
        return items
    }

    /// A text as a value: line breaks of any kind as `\n`, and without characters that no iCalendar file may have.
    static func escaped(_ text: String) -> String {
        let special = text.utf8.contains { byte in
            byte < 0x20 || byte == 0x7F || byte == .comma || byte == .semicolon || byte == .backslash
        }
        guard special else { return text }
        var bytes: [UInt8] = []
        var last: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case .comma, .semicolon, .backslash: bytes.append(contentsOf: [.backslash, byte])
            case .lineFeed where last == .carriageReturn: break
            case .lineFeed, .carriageReturn: bytes.append(contentsOf: [.backslash, UInt8(ascii: "n")])
            case .tab, 0x20..<0x7F, 0x80...: bytes.append(byte)
            default: break
            }
            last = byte
        }
        return String(text: bytes)
    }

    /// Seconds of a duration with a sign (§3.3.6), a day as long as usual; nil for what is none.
    static func duration(_ text: String) -> (isNegative: Bool, span: CalendarSpan)? {
        var rest = text.trimmed
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        return CalendarSpan(rest).map { (isNegative, $0) }
    }

    /// As §3.3.6 writes it: between hours and seconds stand minutes, and weeks stand alone.
    static func text(_ span: CalendarSpan) -> String {
        if span.isZero { return "PT0S" }
        if span.seconds == 0 { return span.days % 7 == 0 ? "P\(span.days / 7)W" : "P\(span.days)D" }
        var text = span.days == 0 ? "PT" : "P\(span.days)DT"
        let (hours, minutes, seconds) = (span.seconds / 3600, span.seconds / 60 % 60, span.seconds % 60)
        if hours > 0 { text += "\(hours)H" }
        if minutes > 0 || hours > 0 && seconds > 0 { text += "\(minutes)M" }
        if seconds > 0 { text += "\(seconds)S" }
        return text
    }
}
