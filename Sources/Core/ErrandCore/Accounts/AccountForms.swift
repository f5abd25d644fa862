public import CivilTime
public import TaskLanguage

/// A sign-up, checked; the password still in the clear.
public struct SignUpForm: Sendable {
    public let email: EmailAddress
    public let password: String
    public let name: String
    public let zone: Zone

    /// Reads `{email, password, name?, time_zone?}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("email")
        reader.require("password")
        let email = reader.email()
        let password = reader.newPassword("password", of: email)
        name = reader.text("name", .personName) ?? ""
        zone = reader.zone() ?? .utc
        try reader.finish()
        guard let email, let password else { throw .invalid("", .required, "Is required.") }
        self.email = email
        self.password = password
    }
}

/// A sign-in, checked for shape only: whether the two fit is not said here.
public struct SignInForm: Sendable {
    public let email: String
    public let password: String

    /// Reads `{email, password}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("email")
        reader.require("password")
        email = reader.text("email", TextRule(length: 1...Limits.emailLengthMax, trims: true) { _ in true }) ?? ""
        password = reader.text("password", .anyPassword) ?? ""
        try reader.finish()
    }
}

/// A change of password, checked.
public struct PasswordForm: Sendable {
    public let current: String
    public let new: String

    /// Reads `{current_password, new_password}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("current_password")
        reader.require("new_password")
        current = reader.text("current_password", .anyPassword) ?? ""
        new = reader.newPassword("new_password", of: nil) ?? ""
        try reader.finish()
    }
}

/// A change of the account's settings.
public struct ProfileEdit: Hashable, Sendable {
    public let name: String?
    public let zone: Zone?
    public let dayEnd: DayEnd?
    public let allDayReminderTime: LocalTime?
    public let weekStart: Weekday?
    public let quietHours: Patch<QuietHours>
    public let notifications: NotificationMatrixEdit?
    public let digestAt: Patch<LocalTime>
    public let dayParts: DayParts?
    public let locale: Patch<SpokenLocale>
    public let language: Language?
    public let dayComesFirst: Bool?
    public let interpreterFirst: Bool?
    public let allowsModel: Bool?

    /// What can be set, as forms and the account itself call it.
    static let names: Set<String> = [
        "name", "time_zone", "day_ends_at", "all_day_reminder_time", "week_starts_on", "quiet_hours", "notifications",
        "digest_at", "day_parts", "locale", "language", "date_order", "interpreter_first", "model_allowed",
    ]

    /// Reads `{name?, time_zone?, day_ends_at?, all_day_reminder_time?, week_starts_on?, quiet_hours?, notifications?,
    /// digest_at?, day_parts?, locale?, language?, date_order?, interpreter_first?, model_allowed?}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        name = reader.text("name", .personName)
        zone = reader.zone()
        dayEnd = reader.parsed("day_ends_at", expected: "a time from 00:00 to 24:00 (HH:MM)") { DayEnd($0) }
        allDayReminderTime = reader.parsed("all_day_reminder_time", expected: "a time (HH:MM)") {
            $0.utf8.count == 5 ? LocalTime($0) : nil
        }
        weekStart = reader.parsed("week_starts_on", expected: "monday, sunday or saturday") {
            ["monday", "sunday", "saturday"].contains($0) ? Weekday(name: $0) : nil
        }
        quietHours = reader.quietHours()
        notifications = reader.notificationMatrix("notifications")
        digestAt = reader.digestTime()
        dayParts = reader.dayParts()
        locale = reader.value("locale") == .null ? .clear : reader.locale().map { .set($0) } ?? .keep
        language = reader.parsed("language", expected: "en or de") { Language(rawValue: $0) }
        dayComesFirst = reader.parsed("date_order", expected: "dmy or mdy") { ["dmy": true, "mdy": false][$0] }
        interpreterFirst = reader.bool("interpreter_first")
        allowsModel = reader.bool("model_allowed")
        try reader.finish()
    }
}

/// A personal access token to be made.
public struct TokenForm: Hashable, Sendable {
    public let name: String
    public let scopes: Set<Scope>
    public let expiresAt: Instant?

    /// Reads `{name, scopes, expires_at?}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("name")
        name = reader.text("name", .tokenName) ?? ""
        scopes = reader.scopes()
        expiresAt =
            reader.value("expires_at") == .null
            ? nil : reader.parsed("expires_at", expected: "an RFC 3339 date-time with offset") { Instant($0) }
        try reader.finish()
    }
}

extension FieldReader {
    private mutating func timeOfDay(_ name: String) -> LocalTime? {
        require(name)
        return parsed(name, expected: "a time (HH:MM)") { $0.utf8.count == 5 ? LocalTime($0) : nil }
    }

    /// `{from, to}`, or `null` for none.
    fileprivate mutating func quietHours() -> Patch<QuietHours> {
        guard let value = value("quiet_hours") else { return .keep }
        if value == .null { return .clear }
        var reader = FieldReader(value, at: path("quiet_hours"))
        let (from, to) = (reader.timeOfDay("from"), reader.timeOfDay("to"))
        if let from, from == to { reader.report("to", .invalidValue, "Must not be the same as from.") }
        reader.reportUnknown()
        report(contentsOf: reader.problems)
        guard let from, let to, let hours = QuietHours(from: from, to: to) else { return .keep }
        return .set(hours)
    }

    /// A time of day, or `null` for no digest.
    fileprivate mutating func digestTime() -> Patch<LocalTime> {
        guard let value = value("digest_at") else { return .keep }
        if value == .null { return .clear }
        return timeOfDay("digest_at").map { .set($0) } ?? .keep
    }

    fileprivate mutating func dayParts() -> DayParts? {
        guard let value = value("day_parts") else { return nil }
        var reader = FieldReader(value, at: path("day_parts"))
        let names = ["morning", "noon", "afternoon", "evening", "night"]
        let times = names.compactMap { reader.timeOfDay($0) }
        reader.reportUnknown()
        report(contentsOf: reader.problems)
        guard times.count == names.count else { return nil }
        return DayParts(
            morning: times[0], noon: times[1], afternoon: times[2], evening: times[3], night: times[4]
        )
    }

    fileprivate mutating func email() -> EmailAddress? {
        parsed("email", expected: "an e-mail address") { EmailAddress($0) }
    }

    fileprivate mutating func zone() -> Zone? {
        parsed("time_zone", expected: "an IANA time zone such as Europe/Paris, or UTC") { Zone(identifier: $0) }
    }

    mutating func newPassword(_ name: String, of email: EmailAddress?) -> String? {
        guard let password = text(name, .password) else { return nil }
        if CommonPasswords.contains(password) {
            report(name, .invalidValue, "Is one of the passwords that are tried first.")
        } else if let email, password.caseFolded == email.key {
            report(name, .invalidValue, "Must not be the e-mail address.")
        }
        return password
    }

    fileprivate mutating func scopes() -> Set<Scope> {
        require("scopes")
        guard let value = value("scopes") else { return [] }
        guard let items = value.array else {
            report("scopes", .wrongType, "Must be a list of strings.")
            return []
        }
        if items.isEmpty { report("scopes", .tooShort, "Must name at least one scope.") }
        if items.count > Scope.allCases.count {
            report("scopes", .tooMany, "Names more scopes than there are.")
            return []
        }
        var scopes: Set<Scope> = []
        for (index, item) in items.enumerated() {
            guard let scope = item.string.flatMap(Scope.init(rawValue:)), Scope.grantable.contains(scope) else {
                let names = Scope.grantable.map(\.rawValue).joined(separator: ", ")
                report(item: index, of: "scopes", .invalidValue, "Must be one of \(names).")
                continue
            }
            if !scopes.insert(scope).inserted { report(item: index, of: "scopes", .duplicate, "Is named before.") }
        }
        return scopes
    }
}

extension TextRule {
    /// A password given to be compared, not to be set: rules that came later must not lock anybody out.
    static let anyPassword = TextRule(length: 1...Limits.passwordLength.upperBound, trims: false) { _ in
        true
    }
}
