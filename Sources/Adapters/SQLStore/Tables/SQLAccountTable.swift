import CivilTime
import ErrandCore

struct SQLAccountTable: AccountTable {
    let runner: SQLRunner

    private static let columns = """
        u.row_id, u.id, u.email, u.name, u.time_zone, u.day_end, u.all_day_reminder_time, u.week_start, u.created_at,
        u.preferences, u.email_verified_at
        """

    func find(_ id: UserID) throws(ErrandError) -> User? {
        try user("SELECT \(Self.columns) FROM \(users) WHERE u.id = $1", [.id(id)])
    }

    func state(of id: UserID) throws(ErrandError) -> [String]? {
        try runner.first("SELECT \(Self.columns) FROM users u WHERE u.id = $1", [.id(id)]) { row in
            row.values.map(\.mark)
        }
    }

    func hold(_ users: [UserID]) throws(ErrandError) { try runner.hold(users.map(\.personalSpace)) }

    func exists(_ id: UserID) throws(ErrandError) -> Bool {
        let row = try runner.firstAside("SELECT row_id FROM users WHERE id = $1", [.id(id)]) { row throws(SQLError) in
            try row.integer()
        }
        // The user's own space has the same row; nothing is locked here.
        if let row, runner.concurrency == nil { runner.remember(id.personalSpace, row) }
        return row != nil
    }

    func find(emailKey: String) throws(ErrandError) -> User? {
        try user("SELECT \(Self.columns) FROM \(users) WHERE u.email_key = $1", [.text(emailKey)])
    }

    /// Where there are several writers, whoever is about to change something of a user waits for the user's own space
    /// first: in this order always, or two could wait for one another.
    private var users: String {
        runner.concurrency == nil ? "users u" : "(users u JOIN spaces s ON s.row_id = u.row_id)"
    }

    /// The user's own space is made first: the user gets its row number.
    func insert(_ user: User, passwordHash: String?) throws(ErrandError) {
        let row = try runner.number(
            "INSERT INTO spaces (id) VALUES ($1) RETURNING row_id", [.id(user.id.personalSpace)]
        )
        let inserted = try runner.execute(
            """
            INSERT INTO users (
                email, email_key, name, time_zone, day_end, all_day_reminder_time, week_start, preferences,
                email_verified_at, id, password_hash, created_at, row_id
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (email_key) DO NOTHING
            """,
            user.changeableColumns + [.id(user.id), .optional(passwordHash), .instant(user.createdAt), .integer(row)]
        )
        if inserted == 0 { throw .conflict(.emailTaken) }
    }

    func update(_ user: User) throws(ErrandError) {
        let row = try runner.requiredOwnerForChange(user.id)
        // The address is the only key that can change.
        try runner.execute(
            """
            UPDATE users SET
                email = $1, email_key = $2, name = $3, time_zone = $4, day_end = $5, all_day_reminder_time = $6,
                week_start = $7, preferences = $8, email_verified_at = $9
            WHERE row_id = $10
            """,
            user.changeableColumns + [.integer(row)],
            onUniqueViolation: .conflict(.emailTaken)
        )
    }

    func passwordHash(of id: UserID) throws(ErrandError) -> String? {
        let hash = try runner.first("SELECT password_hash FROM users WHERE id = $1", [.id(id)]) {
            row throws(SQLError) in try row.optionalText()
        }
        return hash ?? nil
    }

    func setPasswordHash(_ hash: String, of id: UserID) throws(ErrandError) {
        let row = try runner.requiredOwnerForChange(id)
        try runner.executeOnOne(
            "UPDATE users SET password_hash = $1 WHERE row_id = $2", [.text(hash), .integer(row)]
        )
    }

    func find(issuer: String, subject: String) throws(ErrandError) -> User? {
        let sql = """
            SELECT \(Self.columns) FROM identities i JOIN \(users) ON u.row_id = i.owner
            WHERE i.issuer = $1 AND i.subject = $2
            """
        return try user(sql, [.text(issuer), .text(subject)])
    }

    func link(issuer: String, subject: String, to id: UserID) throws(ErrandError) {
        try runner.execute(
            "INSERT INTO identities (issuer, subject, owner) VALUES ($1, $2, $3)",
            [.text(issuer), .text(subject), .integer(try runner.requiredOwner(id))]
        )
    }

    private func user(_ sql: String, _ arguments: [SQLValue]) throws(ErrandError) -> User? {
        try runner.firstAside(sql + runner.lock("s, u"), arguments) { row throws(SQLError) in
            let number = try row.integer()
            let id: UserID = try row.id()
            runner.remember(id.personalSpace, number)
            let email = try row.text()
            let name = try row.text()
            // Without the rules of the zone the user is served in UTC rather than locked out.
            let zone = Zone(identifier: try row.text()) ?? .utc
            let dayEnd = try row.parsed { DayEnd($0) }
            let reminderTime = try row.parsed { LocalTime($0) }
            guard let weekStart = Weekday(rawValue: Int(try row.integer())) else { throw row.damaged("a weekday") }
            var settings = UserSettings(
                zone: zone, dayEnd: dayEnd, allDayReminderTime: reminderTime, weekStart: weekStart
            )
            let createdAt = try row.instant()
            settings.readPreferences(try row.json())
            var user = User(id: id, email: email, name: name, settings: settings, createdAt: createdAt)
            user.emailVerifiedAt = try row.optionalInstant()
            return user
        }
    }
}

extension SQLValue {
    /// Another one for every other value of the same column.
    fileprivate var mark: String {
        switch self {
        case .null: ""
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let text): "'" + text
        case .blob(let bytes): "x" + Base64URL.encode(bytes)
        case .integers(let numbers): "\(numbers)"
        case .texts(let texts): "\(texts)"
        }
    }
}

extension User {
    /// In the order of ``SQLAccountTable``'s statements. Who has no address shares it with nobody.
    fileprivate var changeableColumns: [SQLValue] {
        [
            .text(email), email.isEmpty ? .null : .text(email.caseFolded), .text(name),
            .text(settings.zone.identifier), .text(settings.dayEnd.description),
            .text(settings.allDayReminderTime.description), .count(settings.weekStart.rawValue),
            .text(settings.preferencesJSON.text), .instant(emailVerifiedAt),
        ]
    }
}
