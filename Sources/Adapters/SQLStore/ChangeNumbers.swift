/// Change numbers that a transaction has taken, by row of the space. Nobody else takes one before its end, so that only
/// the first is asked for, and the last is written down once.
struct ChangeNumbers {
    private var taken: [Int64: (last: Int64, isWritten: Bool)] = [:]

    /// The change number after the last one of the space; nil when this transaction knows of none.
    mutating func next(of space: Int64) -> Int64? {
        guard let last = taken[space]?.last else { return nil }
        taken[space] = (last + 1, false)
        return last + 1
    }

    /// Learns the last change number of a space, as the database has it.
    mutating func note(_ number: Int64, of space: Int64) { taken[space] = (number, true) }

    /// Those that the database does not have, which has them from here on.
    mutating func takeUnwritten() -> [(space: Int64, last: Int64)] {
        let unwritten = taken.filter { !$0.value.isWritten }.map { ($0.key, $0.value.last) }
        for (space, last) in unwritten { taken[space] = (last, true) }
        return unwritten
    }
}
