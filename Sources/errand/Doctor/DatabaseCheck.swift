import ErrandCore
import Foundation
import SQLStore
import Synchronization

/// The database: whether it can be reached, and whether its schema is this program's.
struct DatabaseCheck: HealthCheck {
    let name = "database"
    let location: DatabaseLocation
    /// Whether the server brings the schema up to date by itself.
    let migrates: Bool

    func run() async -> Finding {
        if case .folder(let folder) = location,
            !FileManager.default.fileExists(atPath: DatabaseLocation.file(in: folder))
        {
            return .ok("There is none in \(folder) yet; errand serve makes it.")
        }
        let failures = LastFailure()
        do {
            let keys = try await location.open(.guest, report: failures.keep) { database in
                let store = try await SQLStore.open(over: database, migrates: false, report: failures.keep)
                return try await store.read { (transaction) throws(ErrandError) in
                    try transaction.signingKeys.all().count
                }
            }
            return keys > 0
                ? .ok("It answers, and its schema is this program's.")
                : .warning("It is empty.", "errand serve fills it.")
        } catch let error as SQLStore.OpenError {
            return finding(error, failures.last)
        } catch {
            return .failure("It cannot be opened\(failures.reason).", Self.advice(location))
        }
    }

    private func finding(_ error: SQLStore.OpenError, _ cause: SQLError?) -> Finding {
        switch error {
        case .olderSchema(let version, let known):
            let found = "Its schema has version \(version), this program's \(known)."
            return migrates
                ? .warning(found, "errand serve brings it up to date. Make a backup first.")
                : .failure(found, "Make a backup, then run errand migrate.")
        case .newerSchema(let version, let known):
            return .failure(
                "Its schema has version \(version), this program's \(known).",
                "Run the version that made it, or a later one.")
        case .unfinishedCopy: return .failure(error.description, "Make it empty and run errand copy again.")
        case .migrationFailed:
            return .failure("It cannot be read\(cause.map { ": \($0.message)" } ?? "").", Self.advice(location))
        }
    }

    private static func advice(_ location: DatabaseLocation) -> String {
        switch location {
        case .folder: "Look at the rights of the folder; is the file a database? errand restore brings back a backup."
        case .postgres: "Look at DATABASE_URL, and whether the server is up and lets this machine in."
        }
    }
}

/// Every audit log of the installation, walked from end to end. Only when asked for: it reads all of them.
struct AuditLogsCheck: HealthCheck {
    let name = "audit logs"
    let location: DatabaseLocation

    func run() async -> Finding {
        let failures = LastFailure()
        do {
            let walk = try await location.open(.guest, report: failures.keep) { database in
                try await database.read { (connection) throws(ErrandError) in
                    do throws(SQLError) {
                        return try AuditWalk.run(on: connection, chain: .sha256)
                    } catch {
                        failures.keep(error)
                        throw .unavailable
                    }
                }
            }
            if let fault = walk.fault {
                return .failure(fault.description, "Compare with an export or a backup; somebody changed the database.")
            }
            return .ok("All \(walk.entries) entries of \(walk.logs) logs are as they were written.")
        } catch {
            return .failure("They cannot be read\(failures.reason).", "Look at the database first.")
        }
    }
}

/// What a database reported last: why it cannot be reached, say, without its SQL and arguments.
final class LastFailure: Sendable {
    private let error = Mutex<SQLError?>(nil)

    var last: SQLError? { error.withLock { $0 } }
    /// `: connection refused`, or nothing.
    var reason: String { last.map { ": \($0.message)" } ?? "" }

    var keep: @Sendable (SQLError) -> Void { { [self] error in self.error.withLock { $0 = error } } }
}
