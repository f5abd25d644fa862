extension Instant: LosslessStringConvertible {
    /// Reads a date-time as RFC 3339 §5.6 writes it, offset required; fractions beyond milliseconds are cut off.
    ///
    /// Stricter than Foundation's styles, which take 30 February for 2 March: a day that does not exist,
    /// a leap second and an offset beyond 23:59 are refused, and so is a result outside years 1 to 9999 UTC.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
            let day = scanner.digits(2), let date = LocalDate(year: year, month: month, day: day),
            scanner.take("T") || scanner.take("t"),
            let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2), scanner.take(":"),
            let second = scanner.digits(2), let time = LocalTime(hour: hour, minute: minute, second: second),
            let fraction = scanner.fractionInMilliseconds(), let offset = scanner.offsetInSeconds(), scanner.isAtEnd
        else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay) - Int64(offset)
        self.init(milliseconds: seconds * 1000 + Int64(fraction))
        guard self >= .earliest, self <= .latest else { return nil }
    }

    /// 0001-01-01T00:00:00Z, the first instant that RFC 3339 can write.
    public static let earliest = Instant(seconds: -62_135_596_800)
    /// 9999-12-31T23:59:59.999Z, the last one.
    public static let latest = Instant(milliseconds: 253_402_300_799_999)

    /// RFC 3339 in UTC with `Z`; milliseconds only where there are some.
    public var description: String {
        let days = floorDivide(seconds, by: 86_400)
        let time = LocalTime(secondOfDay: Int(seconds - days * 86_400))
        var text = DigitWriter()
        text.append(LocalDate(daysSinceEpoch: Int(days)))
        text.append("T")
        text.append(time.hour, width: 2)
        text.append(":")
        text.append(time.minute, width: 2)
        text.append(":")
        text.append(time.second, width: 2)
        let fraction = milliseconds - seconds * 1000
        if fraction != 0 {
            text.append(".")
            text.append(Int(fraction), width: 3)
        }
        text.append("Z")
        return text.text
    }
}

extension DigitScanner {
    /// `.` and digits, or nothing; nil when there is a point without digits.
    mutating func fractionInMilliseconds() -> Int? {
        guard take(".") else { return 0 }
        var value = 0
        var count = 0
        while let digit = nextDigit() {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 3)..<3 { value *= 10 }
        return value
    }

    /// `Z`, or `+HH:MM` / `-HH:MM`.
    mutating func offsetInSeconds() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hour = digits(2), take(":"), let minute = digits(2), hour <= 23, minute <= 59 else { return nil }
        return sign * (hour * 3600 + minute * 60)
    }
}
