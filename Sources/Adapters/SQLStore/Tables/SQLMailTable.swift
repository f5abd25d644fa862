import CivilTime
import ErrandCore
import TaskLanguage

struct SQLMailTable: MailTable {
    let runner: SQLRunner

    func insert(_ mail: AccountMail) throws(ErrandError) {
        var owner = SQLValue.null
        if let user = mail.userID { owner = .integer(try runner.requiredOwner(user)) }
        try runner.execute(
            """
            INSERT INTO mails (
                id, kind, recipient, recipient_key, owner, language, created_at, attempts, next_at
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (kind, recipient_key) DO NOTHING
            """,
            [
                .id(mail.id), .text(mail.kind.rawValue), .text(mail.recipient.text), .text(mail.recipient.key), owner,
                .text(mail.language.rawValue), .instant(mail.createdAt), .count(mail.attempts), .instant(mail.nextAt),
            ]
        )
    }

    func due(at instant: Instant, limit: Int) throws(ErrandError) -> [AccountMail] {
        let sql = """
            SELECT m.id, m.kind, m.recipient, u.id, m.language, m.created_at, m.attempts, m.next_at
            FROM mails m LEFT JOIN users u ON u.row_id = m.owner
            WHERE m.next_at <= $1 ORDER BY m.next_at, m.row_id LIMIT $2
            """ + (runner.concurrency == nil ? "" : runner.lock("m") + " SKIP LOCKED")
        return try runner.all(sql, [.instant(instant), .count(limit)]) { row throws(SQLError) in
            AccountMail(
                id: try row.id(), kind: try row.parsed { AccountMail.Kind(rawValue: $0) },
                recipient: try row.parsed { EmailAddress($0) },
                userID: try row.optionalText().flatMap { UserID($0) },
                language: try row.parsed { Language(rawValue: $0) }, createdAt: try row.instant(),
                attempts: try row.count(), nextAt: try row.instant()
            )
        }
    }

    func nextInstant() throws(ErrandError) -> Instant? {
        try runner.first("SELECT next_at FROM mails ORDER BY next_at LIMIT 1", []) { row throws(SQLError) in
            try row.instant()
        }
    }

    func update(_ mail: AccountMail) throws(ErrandError) {
        try runner.execute(
            "UPDATE mails SET attempts = $1, next_at = $2 WHERE id = $3",
            [.count(mail.attempts), .instant(mail.nextAt), .id(mail.id)]
        )
    }

    func delete(_ id: MailID) throws(ErrandError) {
        try runner.execute("DELETE FROM mails WHERE id = $1", [.id(id)])
    }

    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.execute(
            """
            DELETE FROM mails WHERE row_id IN (
                SELECT row_id FROM mails WHERE created_at < $1 ORDER BY created_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }
}

struct SQLMailTokenTable: MailTokenTable {
    let runner: SQLRunner

    func insert(_ token: MailToken, hash: [UInt8]) throws(ErrandError) {
        try runner.execute(
            """
            INSERT INTO mail_tokens (hash, owner, purpose, address, expires_at, destination)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .blob(hash), .integer(try runner.requiredOwner(token.userID)), .text(token.purpose.rawValue),
                .text(token.address.text), .instant(token.expiresAt), .optional(token.destinationID?.description),
            ]
        )
    }

    func find(hash: [UInt8]) throws(ErrandError) -> MailToken? {
        let sql = """
            SELECT u.id, t.purpose, t.address, t.expires_at, t.destination
            FROM mail_tokens t JOIN users u ON u.row_id = t.owner WHERE t.hash = $1
            """ + runner.lock("t")
        return try runner.first(sql, [.blob(hash)]) { row throws(SQLError) in
            MailToken(
                userID: try row.id(), purpose: try row.parsed { MailToken.Purpose(rawValue: $0) },
                address: try row.parsed { EmailAddress($0) }, expiresAt: try row.instant(),
                destinationID: try row.optionalText().flatMap { DestinationID($0) }
            )
        }
    }

    func count(
        to address: EmailAddress, for purpose: MailToken.Purpose, at instant: Instant
    ) throws(ErrandError) -> Int {
        // Addresses are ASCII, so this is what their keys are.
        Int(
            try runner.number(
                "SELECT count(*) FROM mail_tokens WHERE purpose = $1 AND lower(address) = $2 AND expires_at > $3",
                [.text(purpose.rawValue), .text(address.key), .instant(instant)]
            )
        )
    }

    func deleteAll(for destination: DestinationID, of user: UserID) throws(ErrandError) {
        guard let owner = try runner.owner(user) else { return }
        try runner.execute(
            "DELETE FROM mail_tokens WHERE owner = $1 AND destination = $2", [.integer(owner), .id(destination)]
        )
    }

    func count(of user: UserID, for purpose: MailToken.Purpose, at instant: Instant) throws(ErrandError) -> Int {
        guard let owner = try runner.owner(user) else { return 0 }
        return Int(
            try runner.number(
                "SELECT count(*) FROM mail_tokens WHERE owner = $1 AND purpose = $2 AND expires_at > $3",
                [.integer(owner), .text(purpose.rawValue), .instant(instant)]
            )
        )
    }

    func deleteAll(of user: UserID, for purpose: MailToken.Purpose) throws(ErrandError) {
        guard let owner = try runner.owner(user) else { return }
        try runner.execute(
            "DELETE FROM mail_tokens WHERE owner = $1 AND purpose = $2", [.integer(owner), .text(purpose.rawValue)]
        )
    }

    func purge(before instant: Instant, limit: Int) throws(ErrandError) -> Int {
        try runner.execute(
            """
            DELETE FROM mail_tokens WHERE hash IN (
                SELECT hash FROM mail_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
            )
            """,
            [.instant(instant), .count(limit)]
        )
    }
}
