import CivilTime

/// A date, or a date and a time, in the ways that programs write them into tables.
enum DateText: Hashable {
    case date(LocalDate)
    case local(LocalDateTime)
    case instant(Instant)

    /// Reads `2026-01-31`, `2026/01/31`, `20260131`, `31.01.2026`, and `31/01/2026` where no other order is possible;
    /// after any of them, behind a blank or a `T`, a time with or without seconds, fractions, am and pm, and after that
    /// `Z` or an offset.
    init?(_ text: String) {
        var scanner = NumberScanner(Array(text.trimmed.utf8))
        guard let date = scanner.date() else { return nil }
        if scanner.isAtEnd {
            self = .date(date)
            return
        }
        guard scanner.takeTimeMark(), let time = scanner.time() else { return nil }
        let local = LocalDateTime(date, time)
        if scanner.isAtEnd {
            self = .local(local)
            return
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let instant = Instant(seconds: Int64(local.wallSeconds) - Int64(offset))
        guard instant >= .earliest, instant <= .latest else { return nil }
        self = .instant(instant)
    }

    /// When a task is due that is due then: instants are told in UTC where no zone is given.
    func due(in zone: Zone?) -> PortableDue {
        switch self {
        case .date(let date): return PortableDue(date: date)
        case .local(let local): return PortableDue(date: local.date, time: local.time, zone: zone)
        case .instant(let instant):
            let zone = zone ?? .utc
            let local = zone.localDateTime(at: instant)
            guard (1...9999).contains(local.date.year) else { return Self.instant(instant).due(in: .utc) }
            return PortableDue(date: local.date, time: local.time, zone: zone)
        }
    }

    /// The moment: days begin at midnight of `zone`.
    func instant(in zone: Zone) -> Instant {
        switch self {
        case .date(let date): zone.instant(of: date, at: .midnight).withinYears
        case .local(let local): zone.instant(of: local).withinYears
        case .instant(let instant): instant
        }
    }
}

extension Instant {
    /// Itself, or the first or last moment of the years 1 to 9999 where zones lead out of them.
    var withinYears: Instant { min(max(self, .earliest), .latest) }
}

/// Reads numbers and what stands between them.
private struct NumberScanner {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }
    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    /// - Returns: nil unless there are so many digits.
    private mutating func number(_ count: ClosedRange<Int>) -> Int? {
        var (value, digits) = (0, 0)
        while let byte = next, byte.isDigit {
            digits += 1
            guard digits <= count.upperBound else { return nil }
            value = value * 10 + Int(byte - 0x30)
            place += 1
        }
        return digits >= count.lowerBound ? value : nil
    }

    mutating func date() -> LocalDate? {
        let start = place
        guard let first = number(1...8) else { return nil }
        let width = place - start
        if width == 8 {
            return LocalDate(year: first / 10_000, month: first / 100 % 100, day: first % 100)
        }
        guard let separator = next, "-/.".utf8.contains(separator) else { return nil }
        place += 1
        guard let second = number(1...2), take(separator) else { return nil }
        if width == 4 {
            guard let third = number(1...2) else { return nil }
            return LocalDate(year: first, month: second, day: third)
        }
        guard width <= 2, let year = number(4...4) else { return nil }
        if separator == UInt8(ascii: ".") { return LocalDate(year: year, month: second, day: first) }
        // Day first or month first: only where one of them can be no month, or both are the same.
        if first > 12 { return LocalDate(year: year, month: second, day: first) }
        if second > 12 || first == second { return LocalDate(year: year, month: first, day: second) }
        return nil
    }

    mutating func takeTimeMark() -> Bool {
        if take(UInt8(ascii: "T")) || take(UInt8(ascii: "t")) { return true }
        _ = take(.comma)
        let start = place
        while take(.space) {}
        return place > start
    }

    mutating func time() -> LocalTime? {
        let start = place
        guard var hour = number(1...6) else { return nil }
        var (minute, second) = (0, 0)
        switch place - start {
        case 6: (hour, minute, second) = (hour / 10_000, hour / 100 % 100, hour % 100)
        case 4: (hour, minute) = (hour / 100, hour % 100)
        case 1, 2:
            guard take(.colon), let minutes = number(2...2) else { return nil }
            minute = minutes
            if take(.colon) {
                guard let seconds = number(2...2) else { return nil }
                second = seconds
            }
        default: return nil
        }
        if next == UInt8(ascii: ".") || next == .comma {
            place += 1
            guard number(1...9) != nil else { return nil }
        }
        if let half = halfOfDay() {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + half
        }
        return LocalTime(hour: hour, minute: minute, second: second)
    }

    /// 0 for am, 12 for pm.
    private mutating func halfOfDay() -> Int? {
        let rest = String(text: bytes[place...]).trimmed.lowered
        guard rest == "am" || rest == "pm" else { return nil }
        place = bytes.count
        return rest == "am" ? 0 : 12
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        while take(.space) {}
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
        let isWest = next == UInt8(ascii: "-")
        guard take(UInt8(ascii: "+")) || take(UInt8(ascii: "-")) else { return nil }
        let start = place
        guard var hours = number(2...4) else { return nil }
        var minutes = 0
        if place - start == 4 {
            (hours, minutes) = (hours / 100, hours % 100)
        } else if take(.colon) {
            guard let number = number(2...2) else { return nil }
            minutes = number
        }
        guard hours < 24, minutes < 60 else { return nil }
        return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
