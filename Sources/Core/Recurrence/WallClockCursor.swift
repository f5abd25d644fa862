import CivilTime

/// Walks the occurrences of a rule on the wall clock, in order, from any place.
///
/// Getting to a place costs the same wherever it is, but for rules with COUNT, which are counted from the start.
/// The end by UNTIL is the caller's, since it may depend on the zone.
struct WallClockCursor: Sendable {
    private let rule: CompiledRule
    private var period: RulePeriod?
    private var number: Int
    /// Occurrences left of COUNT; nil without one.
    private var remaining: Int?
    /// No period after this one is looked at.
    private let lastPeriod: Int

    /// A cursor before the first occurrence at `seconds` or later, that gives up some time after `end`.
    init(_ rule: CompiledRule, from seconds: Int, end: Int?) {
        self.rule = rule
        lastPeriod = end.map(rule.periodIndex(of:)) ?? .max
        if case .count(let count) = rule.rule.end { remaining = count }
        let from = remaining == nil ? max(seconds, rule.startSeconds) : rule.startSeconds
        period = rule.period(rule.periodIndex(of: from))
        number = period?.count(before: from) ?? 0
        if remaining != nil {
            while let next = peek(), next < seconds { advance() }
        }
    }

    /// The next occurrence in wall seconds; nil when there are no more.
    mutating func next() -> Int? {
        guard let next = peek() else { return nil }
        advance()
        return next
    }

    private mutating func peek() -> Int? {
        if remaining == 0 { return nil }
        while let current = period {
            if number < current.count { return current[number] }
            let following = rule.periodIndex(after: current.index)
            period = following > lastPeriod ? nil : rule.period(following)
            number = 0
        }
        return nil
    }

    private mutating func advance() {
        number += 1
        remaining = remaining.map { $0 - 1 }
    }
}
