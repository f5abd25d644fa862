import ArgumentParser
import Foundation
import SQLStore
import SQLiteDriver

/// `errand backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "For operators: copy the database into a file, beside a running server.",
        discussion: """
            The copy is the database of one moment: all that was acknowledged before the command began is in it. It \
            gets its name once every page, index and audit log in it has been checked; its SHA-256 lies beside it. \
            It holds the signing keys: keep it as secret as the database. For PostgreSQL, the command says what to \
            run instead.
            """
    )

    @Argument(help: "The file to make.", completion: .file())
    var file: String

    @Option(help: "Folder of the database. (default: the database of DATABASE_URL, else ./data)")
    var data: String?

    @Flag(help: "Replace a file that is there.")
    var force = false

    func run() async throws {
        try await OperatorFailure.told {
            switch DatabaseLocation.chosen(data: data) {
            case .postgres: throw OperatorFailure(PostgresAdvice.text(file: file))
            case .folder(let folder): try await backUp(folder)
            }
        }
    }

    private func backUp(_ folder: String) async throws {
        let source = DatabaseLocation.file(in: folder)
        let target = URL(filePath: file)
        guard FileManager.default.fileExists(atPath: source) else {
            throw OperatorFailure("There is no database in \(folder).")
        }
        if !force, FileManager.default.fileExists(atPath: target.path(percentEncoded: false)) {
            throw OperatorFailure("\(file) is there already. --force replaces it.")
        }
        let partial = try PartialFile(for: target)
        do {
            let original = try await SQLiteBackup.copy(source, over: partial.path)
            if let refusal = original.refusal { throw refusal }
            let checked = try await CheckedCopy(partial.path)
            guard checked.contents == original else {
                throw OperatorFailure("The copy does not hold what the database held. Try again; look at the disk.")
            }
            // The digest first: a file without a name is no backup, and one with the digest of another is refused.
            let digest = try FileDigest(of: partial.path)
            try digest.write(beside: target)
            try partial.finish()
            Terminal.write(["\(file): \(checked.summary)", "SHA-256 \(digest.text)"])
        } catch {
            partial.discard()
            throw error
        }
    }
}

/// A copy that was looked at from end to end.
struct CheckedCopy {
    let contents: DatabaseContents
    private let walk: AuditWalk

    /// - Throws: what is wrong with the file.
    init(_ path: String) async throws(SQLiteBackup.Failure) {
        try await SQLiteBackup.checkIntegrity(of: path)
        (contents, walk) = try await SQLiteBackup.inspect(path, chain: .sha256)
    }

    /// `3 accounts, 120 tasks, 412 events; 412 audit entries in 3 logs verify; schema 13`
    var summary: String {
        func count(_ table: String) -> Int64 { contents.rows[table] ?? 0 }
        return "\(count("users")) accounts, \(count("tasks")) tasks, \(count("outbox")) events; "
            + "\(walk.entries) audit entries in \(walk.logs) logs verify; schema \(contents.schemaVersion)"
    }
}

/// How a PostgreSQL database is backed up: with the tools that come with it.
enum PostgresAdvice {
    static func text(file: String) -> String {
        """
        The database is PostgreSQL, which brings its own tools. Beside running servers:
          pg_dump --format=custom --no-owner --file=\(quoted(file)) --dbname="$DATABASE_URL"
          pg_restore --list \(quoted(file)) >/dev/null   # reads it once
        To restore into an empty database with the encoding UTF8, before servers start on it:
          pg_restore --exit-on-error --single-transaction --no-owner --dbname="$DATABASE_URL" \(quoted(file))
          errand doctor --audit                          # schema, and every audit log
        pg_dump has to be at least as new as the server. On a machine with other users, keep the password out of the \
        command: PGPASSFILE. See docs/guides/backup.md.
        """
    }

    /// As a word of a shell.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
