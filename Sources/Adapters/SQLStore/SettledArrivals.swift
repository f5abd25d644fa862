/// Arrivals that were given their places, and what that statement saw around it.
package struct PlacedArrivals: Hashable, Sendable {
    /// Whether more may wait.
    package let isPartial: Bool
    /// The number of the last one; 0 when there was none.
    package let last: Int64
    /// The first transaction that was at work before.
    package let firstAtWork: Int64
    /// The one that has moved them; those that had begun have lower numbers.
    package let transaction: Int64

    package init(isPartial: Bool, last: Int64, firstAtWork: Int64, transaction: Int64) {
        self.isPartial = isPartial
        self.last = last
        self.firstAtWork = firstAtWork
        self.transaction = transaction
    }
}

/// Up to which number no arrival is left, nor will be: a turn need not look there.
///
/// Rows that were moved stay in the table until nobody can see them any more, and a backup sees them for as long as it
/// takes. A turn that began at the first number would go through all of them again and again.
///
/// Numbers below one that was committed were drawn before, by transactions that had begun by then. When all of those
/// have ended and a later statement has moved all that it saw, nothing comes below any more. The end of a snapshot
/// (`pg_snapshot_xmax`) says nothing of that: it is the end of the transactions that have ended, not of those that have
/// begun. And a crash may undo the moving: what was learnt before is to be forgotten then.
package struct SettledArrivals: Sendable {
    package private(set) var number: Int64 = 0
    private var earlier: PlacedArrivals?

    package init() {}

    /// Learns from what was done in the order of numbers.
    package mutating func note(_ latest: PlacedArrivals) {
        if let earlier, !latest.isPartial, earlier.transaction <= latest.firstAtWork {
            number = max(number, earlier.last)
            self.earlier = nil
        }
        if earlier == nil, latest.last > number { earlier = latest }
    }

    /// Looks everywhere the next time.
    package mutating func forget() { self = SettledArrivals() }
}
