public import CivilTime
public import TaskLanguage

/// A person with an account.
public struct User: Hashable, Sendable {
    public let id: UserID
    /// As entered; compared without regard to case.
    public var email: String
    public var name: String
    public var settings: UserSettings
    public let createdAt: Instant
    /// When somebody who reads ``email`` has shown that it is theirs; nil while nobody has.
    public var emailVerifiedAt: Instant?

    package init(id: UserID, email: String, name: String, settings: UserSettings, createdAt: Instant) {
        self.id = id
        self.email = email
        self.name = name
        self.settings = settings
        self.createdAt = createdAt
    }

    /// Where mails to the user may go; nil where there is no address, or nobody has shown that they read it.
    public var verifiedAddress: EmailAddress? { emailVerifiedAt == nil ? nil : EmailAddress(email) }
}

/// What decides how a user's local dates and times fall on the time line.
public struct UserSettings: Hashable, Sendable {
    public var zone: Zone
    public var dayEnd: DayEnd
    /// When reminders of tasks without a time are counted from.
    public var allDayReminderTime: LocalTime
    public var weekStart: Weekday
    /// Reminders wait for their end.
    public var quietHours: QuietHours?
    /// What comes over which channels.
    public var notifications = NotificationMatrix.standard
    /// When the digest of a day comes, on the user's clock; nil for none.
    public var digestAt: LocalTime?
    /// What "tomorrow evening" means.
    public var dayParts = DayParts.standard
    /// What comes before ``language`` and ``dayComesFirst``; nil where each device says how it is spoken to.
    public var locale: SpokenLocale?
    /// The language of quick add and other words.
    public var language = Language.english
    /// Whether `3/4` is 3 April.
    public var dayComesFirst = true
    /// Whether a chat asks no model for what is understood without one.
    public var interpreterFirst = true
    /// Whether anything of this user may be given to a model at all.
    public var allowsModel = true

    public init(zone: Zone, dayEnd: DayEnd, allDayReminderTime: LocalTime, weekStart: Weekday) {
        self.zone = zone
        self.dayEnd = dayEnd
        self.allDayReminderTime = allDayReminderTime
        self.weekStart = weekStart
    }

    /// The language that the user is spoken to in, and speaks.
    public var spokenLanguage: Language { locale?.language ?? language }

    /// The day that the user calls today. Every "today" of every door comes from here or from ``DayEnd``.
    func today(at now: Instant) -> LocalDate { dayEnd.today(at: now, in: zone) }

    /// 24:00, 09:00, weeks from Monday.
    public static func standard(in zone: Zone) -> UserSettings {
        UserSettings(
            zone: zone, dayEnd: .midnight,
            allDayReminderTime: LocalTime(hour: 9, minute: 0) ?? .midnight, weekStart: .monday
        )
    }
}
