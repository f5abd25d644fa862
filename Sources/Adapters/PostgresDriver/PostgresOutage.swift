import SQLStore
import Synchronization

/// Tells of a database that cannot be reached once, not with every call that fails because of it.
final class PostgresOutage: Sendable {
    private let isOut = Mutex(false)
    let report: @Sendable (SQLError) -> Void

    init(report: @escaping @Sendable (SQLError) -> Void) {
        self.report = report
    }

    func began(_ error: SQLError) {
        let isNews = isOut.withLock { isOut in
            defer { isOut = true }
            return !isOut
        }
        if isNews || error.kind != .unreachable { report(error) }
    }

    func ended() {
        isOut.withLock { $0 = false }
    }
}
