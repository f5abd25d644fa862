/// How long the log of a file is, and who is to make it shorter.
struct SQLiteLogGrowth {
    enum Due: Hashable {
        case nothing
        /// The log is to be moved while others write.
        case aside
        /// Nobody may write before: whoever moves it aside does not keep up.
        case now
    }

    /// Pages of the log when it is first moved, and between one time and the next, of 4 KiB each.
    static let step = 4_000
    /// Pages that the writer may move without being missed.
    static let restMax = 200
    /// Pages that the log has at least before the writer does.
    static let pagesMin = 2 * step
    /// Pages from which on the writer moves all that is left: 64 MiB. A longer log is longer read after a crash.
    static let pagesMax = 16_000

    private var pages = 0
    private var moved = 0

    /// What is due after a commit that left the log with so many pages.
    mutating func due(after pages: Int) -> Due {
        // It has begun anew.
        if pages < self.pages { moved = 0 }
        self.pages = pages
        guard pages - moved >= SQLiteLogGrowth.step else { return .nothing }
        moved = pages
        return pages < SQLiteLogGrowth.pagesMax ? .aside : .now
    }
}
