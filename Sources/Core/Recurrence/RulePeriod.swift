/// One period of a rule (a year, month, week, day or hour) with its occurrences: days × times, BYSETPOS applied.
///
/// Nothing is multiplied out, so a year of 1,440 times a day costs no more than its days.
struct RulePeriod: Sendable {
    /// Counted from the one that the start lies in, in steps of the interval.
    let index: Int
    /// Days since the epoch, sorted; empty when nothing happens in this period.
    private let days: [Int]
    private let times: [Int]
    /// Where BYSETPOS points to among days × times, sorted; nil for all.
    private let positions: [Int]?
    /// Added to every time: the hour of an hourly rule.
    private let offset: Int

    init(index: Int, days: [Int], times: [Int], offset: Int = 0, positions wanted: [Int]) {
        self.index = index
        self.days = days
        self.times = times
        self.offset = offset
        let total = days.count * times.count
        positions =
            wanted.isEmpty
            ? nil
            : Set(wanted.map { $0 > 0 ? $0 - 1 : total + $0 }).filter { (0..<total).contains($0) }.sorted()
    }

    var count: Int { positions?.count ?? days.count * times.count }

    /// The n-th occurrence, in wall seconds.
    subscript(number: Int) -> Int {
        let position = positions?[number] ?? number
        return days[position / times.count] * 86_400 + offset + times[position % times.count]
    }

    /// How many occurrences come before `seconds`.
    func count(before seconds: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
