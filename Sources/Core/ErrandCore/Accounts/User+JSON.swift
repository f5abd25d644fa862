import CivilTime
import TaskLanguage

extension User {
    /// The account as its owner sees it.
    public var json: JSONValue {
        [
            "id": .string(id.description),
            "email": .string(email),
            "email_verified": .bool(emailVerifiedAt != nil),
            "name": .string(name),
            "time_zone": .string(settings.zone.identifier),
            "day_ends_at": .string(settings.dayEnd.description),
            "all_day_reminder_time": .string(settings.allDayReminderTime.description),
            "week_starts_on": .string(settings.weekStart.name),
            "quiet_hours": settings.quietHours?.json ?? .null,
            "notifications": settings.notifications.json,
            "digest_at": JSONValue(text: settings.digestAt?.description),
            "day_parts": settings.dayParts.json,
            "locale": JSONValue(text: settings.locale?.description),
            "language": .string(settings.language.rawValue),
            "date_order": .string(settings.dayComesFirst ? "dmy" : "mdy"),
            "interpreter_first": .bool(settings.interpreterFirst),
            "model_allowed": .bool(settings.allowsModel),
            "created_at": .string(createdAt.description),
        ]
    }
}

extension QuietHours {
    var json: JSONValue { ["from": .string(from.description), "to": .string(to.description)] }
}

extension DayParts {
    var json: JSONValue {
        [
            "morning": .string(morning.description), "noon": .string(noon.description),
            "afternoon": .string(afternoon.description), "evening": .string(evening.description),
            "night": .string(night.description),
        ]
    }
}

extension UserSettings {
    /// What is kept beside the columns of their own, for stores.
    public var preferencesJSON: JSONValue {
        [
            "quiet_hours": quietHours?.json ?? .null, "day_parts": dayParts.json,
            "locale": JSONValue(text: locale?.description), "language": .string(language.rawValue),
            "day_comes_first": .bool(dayComesFirst),
            "interpreter_first": .bool(interpreterFirst), "model_allowed": .bool(allowsModel),
            "notifications": notifications.json, "digest_at": JSONValue(text: digestAt?.description),
        ]
    }

    /// Takes over what ``preferencesJSON`` wrote; what is missing stays as it is.
    public mutating func readPreferences(_ json: JSONValue) {
        func time(_ json: JSONValue?, _ name: String) -> LocalTime? { json?[name]?.string.flatMap { LocalTime($0) } }
        if let hours = json["quiet_hours"], let from = time(hours, "from"), let to = time(hours, "to") {
            quietHours = QuietHours(from: from, to: to)
        }
        let parts = json["day_parts"]
        dayParts.morning = time(parts, "morning") ?? dayParts.morning
        dayParts.noon = time(parts, "noon") ?? dayParts.noon
        dayParts.afternoon = time(parts, "afternoon") ?? dayParts.afternoon
        dayParts.evening = time(parts, "evening") ?? dayParts.evening
        dayParts.night = time(parts, "night") ?? dayParts.night
        locale = json["locale"]?.string.flatMap { SpokenLocale($0) } ?? locale
        language = json["language"]?.string.flatMap(Language.init(rawValue:)) ?? language
        dayComesFirst = json["day_comes_first"]?.bool ?? dayComesFirst
        interpreterFirst = json["interpreter_first"]?.bool ?? interpreterFirst
        allowsModel = json["model_allowed"]?.bool ?? allowsModel
        if let matrix = json["notifications"] { notifications.read(matrix) }
        digestAt = time(json, "digest_at") ?? digestAt
    }
}

extension PersonalToken {
    /// The token as its owner sees it in a list; never the secret.
    public var json: JSONValue {
        [
            "id": .string(id.description),
            "name": .string(name),
            "scopes": JSONValue(strings: Scope.grantable.filter(scopes.contains).map(\.rawValue)),
            "created_at": .string(createdAt.description),
            "expires_at": JSONValue(text: expiresAt?.description),
            "last_used_at": JSONValue(text: lastUsedAt?.description),
        ]
    }
}
