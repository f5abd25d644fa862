import CivilTime

extension User {
    /// The account as its owner sees it.
    public var json: JSONValue {
        [
            "id": .string(id.description),
            "email": .string(email),
            "name": .string(name),
            "time_zone": .string(settings.zone.identifier),
            "day_ends_at": .string(settings.dayEnd.description),
            "all_day_reminder_time": .string(settings.allDayReminderTime.description),
            "week_starts_on": .string(settings.weekStart.name),
            "created_at": .string(createdAt.description),
        ]
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
