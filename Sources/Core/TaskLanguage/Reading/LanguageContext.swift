public import CivilTime

/// Who says something, when and where: what words such as "tomorrow evening" depend on.
public struct LanguageContext: Hashable, Sendable {
    /// What the user's clock shows.
    public var now: LocalDateTime
    /// The day that the user calls today. Where the day ends after midnight, it is the day before in the small hours.
    public var today: LocalDate
    /// The zone of the clock, in which spans of hours are counted; nil where the clock never changes.
    public var zone: Zone?
    public var weekStart: Weekday
    public var language: Language
    /// Whether `3/4` is 3 April; otherwise it is March 4.
    public var dayComesFirst: Bool
    public var dayParts: DayParts

    public init(
        now: LocalDateTime, today: LocalDate? = nil, zone: Zone? = nil, weekStart: Weekday = .monday,
        language: Language = .english, dayComesFirst: Bool = true, dayParts: DayParts = .standard
    ) {
        self.now = now
        self.today = today ?? now.date
        self.zone = zone
        self.weekStart = weekStart
        self.language = language
        self.dayComesFirst = dayComesFirst
        self.dayParts = dayParts
    }
}

/// What time of day words such as "evening" mean.
public struct DayParts: Hashable, Sendable {
    public var morning: LocalTime
    public var noon: LocalTime
    public var afternoon: LocalTime
    public var evening: LocalTime
    public var night: LocalTime

    public init(morning: LocalTime, noon: LocalTime, afternoon: LocalTime, evening: LocalTime, night: LocalTime) {
        self.morning = morning
        self.noon = noon
        self.afternoon = afternoon
        self.evening = evening
        self.night = night
    }

    /// 09:00, 12:00, 15:00, 19:00, 20:00.
    public static let standard = DayParts(
        morning: .hour(9), noon: .hour(12), afternoon: .hour(15), evening: .hour(19), night: .hour(20)
    )
}

extension LocalTime {
    /// The full hour, 0 to 23.
    static func hour(_ hour: Int) -> LocalTime { LocalTime(hour: hour, minute: 0) ?? .midnight }
}
