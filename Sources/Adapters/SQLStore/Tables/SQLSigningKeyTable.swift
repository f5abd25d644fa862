import CivilTime
import ErrandCore

struct SQLSigningKeyTable: SigningKeyTable {
    let runner: SQLRunner

    func all() throws(ErrandError) -> [SigningKey] {
        if let concurrency = runner.concurrency { try runner.call(concurrency.keyLock) }
        return try runner.all(
            "SELECT id, purpose, secret, created_at FROM signing_keys ORDER BY created_at DESC, id DESC", []
        ) { row throws(SQLError) in
            SigningKey(
                id: try row.text(), purpose: try row.parsed { SigningKey.Purpose(rawValue: $0) },
                secret: try row.blob(), createdAt: try row.instant()
            )
        }
    }

    func insert(_ key: SigningKey) throws(ErrandError) {
        try runner.execute(
            "INSERT INTO signing_keys (id, purpose, secret, created_at) VALUES ($1, $2, $3, $4)",
            [.text(key.id), .text(key.purpose.rawValue), .blob(key.secret), .instant(key.createdAt)]
        )
    }

    func delete(_ id: String) throws(ErrandError) {
        try runner.execute("DELETE FROM signing_keys WHERE id = $1", [.text(id)])
    }
}
