/// When the clocks change in every year, as POSIX writes it in `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`, with the times
/// beyond a day of RFC 9636 §3.3.1.
package struct PosixRule: Hashable, Sendable {
    /// A day of the year at a time of the wall clock.
    private struct Change: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// 1 to 365; 29 February is never counted.
            case julian(Int)
            /// 0 to 365, 29 February counted.
            case ofYear(Int)
            /// Month, week 1 to 5 (5 for the last), day of the week from Sunday.
            case weekday(month: Int, week: Int, day: Int)
        }

        let day: Day
        /// Seconds after midnight, of either sign.
        let time: Int64
    }

    private struct Summer: Hashable, Sendable {
        let offset: Int64
        let start: Change
        let end: Change
    }

    private let standard: Int64
    private let summer: Summer?

    /// - Returns: nil for text that is no such rule.
    package init?(_ text: String) {
        var reader = Reader(Array(text.utf8))
        guard reader.name(), let west = reader.offset() else { return nil }
        standard = -west
        if reader.isAtEnd {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = standard + 3_600
        if !reader.isNext(",") {
            guard let west = reader.offset() else { return nil }
            offset = -west
        }
        guard reader.takes(","), let start = reader.change(), reader.takes(","), let end = reader.change(),
            reader.isAtEnd
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Seconds east of UTC in force at `seconds` since the epoch.
    package func offset(at seconds: Int64) -> Int64 {
        guard let summer else { return standard }
        let days = Int(floorDivide(seconds + standard, by: 86_400))
        let year = LocalDate(daysSinceEpoch: days).year
        // The latest change that is not later: of this year, or of one beside it, since times reach across midnight.
        var (latest, offset) = (Int64.min, standard)
        for year in year - 1...year + 1 {
            // Where one ends as the next starts, as where it is always summer, the start counts.
            let end = PosixRule.day(summer.end.day, of: year) * 86_400 + summer.end.time - summer.offset
            if end <= seconds, end > latest { (latest, offset) = (end, standard) }
            let start = PosixRule.day(summer.start.day, of: year) * 86_400 + summer.start.time - standard
            if start <= seconds, start >= latest { (latest, offset) = (start, summer.offset) }
        }
        return offset
    }

    /// The day since the epoch that is meant in `year`.
    private static func day(_ day: Change.Day, of year: Int) -> Int64 {
        func first(_ month: Int) -> Int { LocalDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0 }
        switch day {
        case .julian(let number):
            let isLeap = first(3) - first(1) == 60
            return Int64(first(1) + number - 1 + (isLeap && number >= 60 ? 1 : 0))
        case .ofYear(let number): return Int64(first(1) + number)
        case .weekday(let month, let week, let weekday):
            let start = first(month)
            // 1970-01-01 was a Thursday, 4 from Sunday.
            let weekdayOfFirst = (((start + 4) % 7) + 7) % 7
            var found = start + (weekday - weekdayOfFirst + 7) % 7 + (week - 1) * 7
            let next = month == 12 ? start + 31 : first(month + 1)
            while found >= next { found -= 7 }
            return Int64(found)
        }
    }

    /// Reads the parts of the text from the left.
    private struct Reader {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { place == bytes.count }

        func isNext(_ sign: Unicode.Scalar) -> Bool { place < bytes.count && bytes[place] == UInt8(ascii: sign) }

        mutating func takes(_ sign: Unicode.Scalar) -> Bool {
            guard isNext(sign) else { return false }
            place += 1
            return true
        }

        /// Letters, or anything in angle brackets; three or more.
        mutating func name() -> Bool {
            let start = place
            if takes("<") {
                while !isAtEnd, !isNext(">") { place += 1 }
                return takes(">") && place - start >= 5
            }
            while !isAtEnd, (0x41...0x5A).contains(bytes[place] & 0xDF) { place += 1 }
            return place - start >= 3
        }

        /// `[+-]hh[:mm[:ss]]` in seconds, to the west. Hours reach as far as those of a change may.
        mutating func offset() -> Int64? {
            let isNegative = takes("-")
            if !isNegative { _ = takes("+") }
            guard let hours = number(0...167) else { return nil }
            var seconds = hours * 3_600
            for unit in [60, 1] {
                guard takes(":") else { break }
                guard let part = number(0...59) else { return nil }
                seconds += part * unit
            }
            return Int64(isNegative ? -seconds : seconds)
        }

        mutating func change() -> Change? {
            guard let day = day() else { return nil }
            guard takes("/") else { return Change(day: day, time: 7_200) }
            return offset().map { Change(day: day, time: $0) }
        }

        private mutating func day() -> Change.Day? {
            if takes("J") { return number(1...365).map { .julian($0) } }
            guard takes("M") else { return number(0...365).map { .ofYear($0) } }
            guard let month = number(1...12), takes("."), let week = number(1...5), takes("."), let day = number(0...6)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }

        private mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let start = place
            while place < bytes.count, place - start < 4, (0x30...0x39).contains(bytes[place]) { place += 1 }
            guard place > start, let number = Int(String(decoding: bytes[start..<place], as: UTF8.self)),
                range.contains(number)
            else { return nil }
            return number
        }
    }
}
