public import CivilTime

/// When something happens again: an iCalendar recurrence rule (RFC 5545 §3.3.10), on the wall clock.
///
/// `MINUTELY` and `SECONDLY` are not supported. Values are checked by ``validated()``, which the parser calls.
public struct RecurrenceRule: Hashable, Sendable {
    public enum Frequency: String, CaseIterable, Sendable, Comparable {
        case hourly = "HOURLY"
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"

        /// The more often, the smaller.
        public static func < (left: Frequency, right: Frequency) -> Bool { left.rank < right.rank }

        private var rank: Int { Frequency.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A weekday, or the n-th such weekday of a month or year.
    public struct Day: Hashable, Sendable {
        public let weekday: Weekday
        /// 1…53 from the start, -1…-53 from the end; nil for every such weekday.
        public let ordinal: Int?

        public init(_ weekday: Weekday, ordinal: Int? = nil) {
            self.weekday = weekday
            self.ordinal = ordinal
        }
    }

    public enum End: Hashable, Sendable {
        case never
        /// After that many occurrences of the rule; dates that are left out count.
        case count(Int)
        case until(Until)
    }

    /// The last moment at which something can happen, itself included.
    public enum Until: Hashable, Sendable {
        /// The end of that day on the wall clock.
        case date(LocalDate)
        case local(LocalDateTime)
        case utc(Instant)
    }

    public var frequency: Frequency
    /// Every how many periods, 1 or more.
    public var interval: Int
    public var end: End
    /// BYMONTH, 1…12.
    public var months: [Int] = []
    /// BYWEEKNO, ±1…53, yearly only.
    public var weekNumbers: [Int] = []
    /// BYYEARDAY, ±1…366, yearly and hourly only.
    public var yearDays: [Int] = []
    /// BYMONTHDAY, ±1…31, not weekly.
    public var monthDays: [Int] = []
    /// BYDAY; ordinals monthly and yearly only.
    public var days: [Day] = []
    /// BYHOUR, 0…23.
    public var hours: [Int] = []
    /// BYMINUTE, 0…59.
    public var minutes: [Int] = []
    /// BYSECOND, 0…59: the wall clock has no leap seconds.
    public var seconds: [Int] = []
    /// BYSETPOS, ±1…366: which of the period's occurrences.
    public var positions: [Int] = []
    /// WKST.
    public var weekStart: Weekday = .monday

    public init(_ frequency: Frequency, interval: Int = 1, end: End = .never) {
        self.frequency = frequency
        self.interval = interval
        self.end = end
    }

    public static let intervalMax = 9_999
    /// Finding the next occurrence of a rule with COUNT takes as many steps as it has occurrences.
    public static let countMax = 9_999
    /// Occurrences of one day: BYHOUR × BYMINUTE × BYSECOND.
    public static let timesPerDayMax = 1_440
    public static let textLengthMax = 2_000
}

/// Why a rule is refused.
public struct RecurrenceRuleError: Error, Hashable, Sendable {
    /// The part at fault, such as `BYDAY`; "RRULE" for the whole.
    public let part: String
    /// A sentence for a person; never repeats the value.
    public let detail: String

    public init(part: String, detail: String) {
        self.part = part
        self.detail = detail
    }
}
