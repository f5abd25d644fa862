import Foundation
import SQLStore
import Synchronization

/// The file of a database: private to its owner, and to one process at a time.
///
/// SQLite itself would let two servers share a file, but each would then relay the other's events.
final class SQLiteFile: Sendable {
    let path: String
    /// Descriptor of the lock file; -1 once released.
    private let lock: Mutex<CInt>

    /// Makes the folder where it is missing and takes the lock `<path>.lock`.
    ///
    /// - Parameter makesFile: whether the file is made too where it is missing.
    init(path: String, makesFile: Bool = true) throws(SQLiteDatabase.OpenError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .failed(SQLError(kind: .other, code: 0, message: "cannot make the folder \(folder)"))
        }
        self.path = path
        let lock = try SQLiteFile.openPrivate("\(path).lock")
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .inUse(path: path)
        }
        self.lock = Mutex(lock)
        // The files that SQLite puts beside it take over the mode of this one.
        if makesFile { close(try SQLiteFile.openPrivate(path)) }
    }

    /// Lets another process open the database.
    func release() {
        lock.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    deinit { release() }

    private static func openPrivate(_ path: String) throws(SQLiteDatabase.OpenError) -> CInt {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
            throw .failed(SQLError(kind: .other, code: Int(errno), message: "cannot open \(path)"))
        }
        return descriptor
    }
}
