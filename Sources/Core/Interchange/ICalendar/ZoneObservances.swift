import CivilTime
import Recurrence

/// The changes of the clocks of a zone, as iCalendar tells them (RFC 5545 §3.6.5): one by one for the past, and as
/// rules for the years to come where there are some.
///
/// What is known of a zone is its offset at any instant, so the changes are looked for, in steps of two days: Gaza will
/// go back to summer time for one week in 2040.
struct ZoneObservances {
    struct Change: Hashable {
        let instant: Int64
        /// Seconds east of UTC before it and from it on.
        let from: Int64
        let to: Int64

        /// What the clocks show when they are changed.
        var local: LocalDateTime { LocalDateTime(wallSeconds: Int(instant + from)) }
    }

    /// A change that comes every year.
    struct Yearly: Hashable {
        let first: Change
        let rule: RecurrenceRule
    }

    /// The offset that the first year begins with.
    let offset: Int64
    /// Those before the yearly ones begin, or all of them.
    let changes: [Change]
    let yearly: [Yearly]

    static let firstYear = 1970
    /// Weekdays and dates come together in every way within 28 years.
    private static let sampleYears = 28
    private static let step: Int64 = 2 * 86_400

    /// - Parameter year: the present one; rules hold at least from some year after it.
    init(_ zone: Zone, year: Int) {
        let last = min(max(year, Self.firstYear), 9900) + 12
        let start = Self.seconds(Self.firstYear)
        offset = zone.offset(at: Instant(seconds: start))
        var all = Self.changes(of: zone, from: start, to: Self.seconds(last + Self.sampleYears))
        let sample = all.filter { $0.local.date.year >= last }
        let rules = Self.rules(of: sample)
        guard !rules.isEmpty else {
            (changes, yearly) = (all, [])
            return
        }
        // The rules hold back to the first year that they are true of.
        var begin = last
        while begin > Self.firstYear {
            let changes = all.filter { $0.local.date.year == begin - 1 }
            guard changes.count == rules.count, zip(changes, rules).allSatisfy({ $1.isLike($0) }) else { break }
            begin -= 1
        }
        let firsts = all.filter { $0.local.date.year == begin }
        yearly = zip(firsts, rules).map { Yearly(first: $0, rule: $1.rule) }
        all.removeAll { $0.local.date.year >= begin }
        changes = all
    }

    private static func seconds(_ year: Int) -> Int64 {
        Int64(LocalDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0) * 86_400
    }

    private static func changes(of zone: Zone, from start: Int64, to end: Int64) -> [Change] {
        var changes: [Change] = []
        var place = start
        var offset = zone.offset(at: Instant(seconds: start))
        while place < end {
            let next = place + step
            let after = zone.offset(at: Instant(seconds: next))
            if after != offset {
                var (low, high) = (place, next)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if zone.offset(at: Instant(seconds: middle)) == offset { low = middle } else { high = middle }
                }
                // Where there are two changes within the step, the next one is looked for from here.
                let to = zone.offset(at: Instant(seconds: high))
                changes.append(Change(instant: high, from: offset, to: to))
                (place, offset) = (high, to)
                continue
            }
            place = next
        }
        return changes
    }

    /// One change of every year of the sample.
    private struct Pattern {
        let from: Int64
        let to: Int64
        let time: LocalTime
        let rule: RecurrenceRule
        let month: Int
        let weekday: Weekday
        let days: ClosedRange<Int>

        func isLike(_ change: Change) -> Bool {
            let local = change.local
            return change.from == from && change.to == to && local.time == time && local.date.month == month
                && local.date.weekday == weekday && days.contains(local.date.day)
        }
    }

    /// In the order of the year; none where the years are not alike.
    private static func rules(of sample: [Change]) -> [Pattern] {
        let years = Dictionary(grouping: sample) { $0.local.date.year }
        guard let first = sample.first, let count = years[first.local.date.year]?.count,
            years.count == sampleYears, years.values.allSatisfy({ $0.count == count })
        else { return [] }
        let patterns = (0..<count).map { place in pattern(years.keys.sorted().compactMap { years[$0]?[place] }) }
        let known = patterns.compactMap(\.self)
        return known.count == count ? known : []
    }

    private static func pattern(_ changes: [Change]) -> Pattern? {
        guard let first = changes.first else { return nil }
        let days = changes.map(\.local.date.day)
        let local = first.local
        guard let low = days.min(), let high = days.max(), high - low <= 6,
            changes.allSatisfy({ change in
                change.from == first.from && change.to == first.to && change.local.time == local.time
                    && change.local.date.month == local.date.month
                    && change.local.date.weekday == local.date.weekday
            })
        else { return nil }
        var rule = RecurrenceRule(.yearly)
        rule.months = [local.date.month]
        let weekday = local.date.weekday
        let length = local.date.month == 2 ? 28 : LocalDate.days(inMonth: local.date.month, of: local.date.year)
        if high == length, local.date.month != 2 {
            rule.days = [RecurrenceRule.Day(weekday, ordinal: -1)]
        } else if (low - 1).isMultiple(of: 7) {
            rule.days = [RecurrenceRule.Day(weekday, ordinal: (low - 1) / 7 + 1)]
        } else {
            rule.days = [RecurrenceRule.Day(weekday)]
            rule.monthDays = Array(low...high)
        }
        return Pattern(
            from: first.from, to: first.to, time: local.time, rule: rule, month: local.date.month,
            weekday: weekday, days: low...high)
    }
}
