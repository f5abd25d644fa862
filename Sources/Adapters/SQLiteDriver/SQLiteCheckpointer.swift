import BlockingThreads
import Dispatch
import GRDB
import GRDBSQLite
import SQLStore
import Synchronization

/// Moves pages from the log of a file to where they belong, on a thread of its own, while others read and write.
///
/// These pages lie far apart, and the disk has to have them before the log may begin anew: up to 130 ms in a file of
/// 12 GB.
/// Whoever writes would wait for it if the writer did it, as SQLite would by itself
/// (<https://www.sqlite.org/wal.html#ckpt>).
///
/// The log begins anew once all of it is moved, which may never be while others write. So the thread goes on until
/// little is left, and the writer moves that between two commits.
final class SQLiteCheckpointer: Sendable {
    /// Rounds of the thread. Each has to move what came during the one before, which is less each time, or never.
    private static let roundsMax = 6

    private let database: DatabaseQueue
    private let report: @Sendable (SQLError) -> Void
    private let isAsked = Atomic(false)
    private let isEnding = Atomic(false)
    private let isClose = Atomic(false)
    private let pages = Atomic(0)
    private let turn = Mutex(())
    private let asked = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameter database: a connection that nobody else uses.
    init(database: DatabaseQueue, report: @escaping @Sendable (SQLError) -> Void) {
        self.database = database
        self.report = report
        _ = BlockingThread(name: "sqlite-checkpointer") { [self] in run() }
    }

    /// Takes care of a log that has so many pages after a commit. To be called on the writer's thread, with its
    /// connection. Blocks where little is left to be moved, or too much.
    func shorten(_ due: SQLiteLogGrowth.Due, pages: Int, by writer: DatabaseQueue) {
        self.pages.store(pages, ordering: .relaxed)
        if isClose.exchange(false, ordering: .acquiringAndReleasing) || due == .now {
            _ = checkpoint(by: writer)
        } else if due == .aside, !isAsked.exchange(true, ordering: .acquiringAndReleasing) {
            asked.signal()
        }
    }

    /// Returns when the thread has ended and its connection is closed. Blocks; to be called once.
    func end() {
        isEnding.store(true, ordering: .releasing)
        asked.signal()
        ended.wait()
    }

    private func run() {
        var doesDiskTake = true
        while true {
            asked.wait()
            if isEnding.load(ordering: .acquiring) { break }
            isAsked.store(false, ordering: .releasing)
            if doesDiskTake { doesDiskTake = comeClose() }
        }
        do { try database.close() } catch { report(SQLError(error)) }
        ended.signal()
    }

    /// Moves pages until little is left for the writer. Gives up where readers keep the log, and after a failure, which
    /// the next time may not meet.
    ///
    /// - Returns: false if the disk did not take what was moved.
    private func comeClose() -> Bool {
        for _ in 1...SQLiteCheckpointer.roundsMax {
            guard let moved = checkpoint(by: database) else { return true }
            guard settle() else { return false }
            let all = pages.load(ordering: .relaxed)
            if all - moved > SQLiteLogGrowth.restMax { continue }
            // However little is left, the disk is waited for: not at every chance.
            if all >= SQLiteLogGrowth.pagesMin { isClose.store(true, ordering: .releasing) }
            return true
        }
        return true
    }

    /// Has the disk take what was moved. A checkpoint that leaves something in the log leaves it to the system when the
    /// file is written (`walCheckpoint` of SQLite), and whoever moves the rest would wait for all of it.
    ///
    /// - Returns: false after a failure. Linux tells of it once for each time that the file is open (fsync(2)), so this
    ///   connection must move nothing more: it would be told that all is well. That of the writer is told as well.
    private func settle() -> Bool {
        database.writeWithoutTransaction { connection in
            var file: UnsafeMutablePointer<sqlite3_file>?
            // The handle that SQLite has: one of our own would, when closed, end its locks
            // (https://www.sqlite.org/howtocorrupt.html#posix_close_bug).
            let found = sqlite3_file_control(connection.sqliteConnection, nil, SQLITE_FCNTL_FILE_POINTER, &file)
            guard found == SQLITE_OK, let file, let methods = file.pointee.pMethods else { return true }
            let code = methods.pointee.xSync(file, SQLITE_SYNC_NORMAL)
            if code != SQLITE_OK { report(SQLError(DatabaseError(resultCode: ResultCode(rawValue: code)))) }
            return code == SQLITE_OK
        }
    }

    /// Moves what no reader needs where it is, when nobody else is at it. Blocks.
    ///
    /// - Returns: how many pages of the log are moved by now; nil after a failure.
    private func checkpoint(by connection: DatabaseQueue) -> Int? {
        // Two at a time are none: SQLite refuses the second, and does not have it wait.
        turn.withLock { _ in
            do {
                let row = try connection.writeWithoutTransaction {
                    try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(PASSIVE)")
                }
                return row?["checkpointed"] ?? 0
            } catch {
                report(SQLError(error))
                return nil
            }
        }
    }
}
