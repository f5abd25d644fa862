import SQLStore
import Synchronization

/// Tells of a database that cannot be reached once, not with every call that fails because of it.
final class PostgresOutage: Sendable {
    private let isOut = Mutex(false)
    private let report: @Sendable (SQLError) -> Void

    init(report: @escaping @Sendable (SQLError) -> Void) {
        self.report = report
    }

    /// Tells of a failure; of a database that cannot be reached, once until ``ended()``.
    func failed(_ error: SQLError) {
        let isNews = isOut.withLock { isOut in
            guard error.kind == .unreachable else { return true }
            defer { isOut = true }
            return !isOut
        }
        if isNews { report(error) }
    }

    func ended() {
        isOut.withLock { $0 = false }
    }
}
