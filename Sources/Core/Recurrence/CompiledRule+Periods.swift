import CivilTime

extension CompiledRule {
    /// The number of the period that `seconds` lies in or, between two periods, of the one before; 0 before the
    /// start.
    func periodIndex(of seconds: Int) -> Int {
        let day = floorDivide(seconds, 86_400)
        let units: Int
        switch rule.frequency {
        case .yearly: units = LocalDate(daysSinceEpoch: day).year - start.date.year
        case .monthly:
            let date = LocalDate(daysSinceEpoch: day)
            units = (date.year - start.date.year) * 12 + date.month - start.date.month
        case .weekly: units = floorDivide(day - startOfFirstWeek, 7)
        case .daily: units = day - startDay
        case .hourly: units = floorDivide(seconds, 3600) - floorDivide(startSeconds, 3600)
        }
        return max(floorDivide(units, rule.interval), 0)
    }

    /// - Returns: nil after ``lastYear``.
    func period(_ index: Int) -> RulePeriod? {
        if isVain { return nil }
        let units = index * rule.interval
        switch rule.frequency {
        case .yearly:
            let year = start.date.year + units
            guard year <= CompiledRule.lastYear else { return nil }
            var days: [Int] = []
            for month in 1...12 where allowsMonth(month) { collect(&days, year, month) }
            return RulePeriod(index: index, days: days, times: times, positions: rule.positions)
        case .monthly:
            let months = start.date.month - 1 + units
            let year = start.date.year + months / 12
            guard year <= CompiledRule.lastYear else { return nil }
            var days: [Int] = []
            if allowsMonth(months % 12 + 1) { collect(&days, year, months % 12 + 1) }
            return RulePeriod(index: index, days: days, times: times, positions: rule.positions)
        case .weekly:
            let first = startOfFirstWeek + 7 * units
            guard first < CompiledRule.endDay else { return nil }
            return RulePeriod(
                index: index, days: (first..<first + 7).filter(allows), times: times, positions: rule.positions
            )
        case .daily:
            let day = startDay + units
            guard day < CompiledRule.endDay else { return nil }
            return RulePeriod(
                index: index, days: allows(day) ? [day] : [], times: times, positions: rule.positions
            )
        case .hourly:
            let (day, hour) = self.hour(index)
            guard day < CompiledRule.endDay else { return nil }
            return RulePeriod(
                index: index, days: allows(day) && hourMask & 1 << hour != 0 ? [day] : [], times: times,
                offset: hour * 3600, positions: rule.positions
            )
        }
    }

    /// The next period after `index` that is worth a look: months, days and hours in which nothing can happen are
    /// jumped over.
    func periodIndex(after index: Int) -> Int {
        let next = index + 1
        switch rule.frequency {
        case .yearly, .monthly: return next
        case .weekly:
            let first = startOfFirstWeek + 7 * next * rule.interval
            return max(next, jump(from: first, through: first + 6).map { self.index(onOrAfter: $0 - 6) } ?? next)
        case .daily:
            let day = startDay + next * rule.interval
            return max(next, jump(from: day, through: day).map { self.index(onOrAfter: $0) } ?? next)
        case .hourly:
            let (day, _) = hour(next)
            if let month = jump(from: day, through: day) { return max(next, self.index(onOrAfter: month)) }
            return allows(day) ? next : max(next, self.index(onOrAfter: day + 1))
        }
    }

    /// The first period that begins on `day` or later.
    private func index(onOrAfter day: Int) -> Int {
        let units =
            switch rule.frequency {
            case .weekly: ceilDivide(day - startOfFirstWeek, 7)
            case .hourly: day * 24 - floorDivide(startSeconds, 3600)
            default: day - startDay
            }
        return ceilDivide(units, rule.interval)
    }

    /// The first day of the next allowed month, when no day from `first` to `last` lies in an allowed one.
    private func jump(from first: Int, through last: Int) -> Int? {
        guard monthMask != 0x1FFE else { return nil }
        var date = LocalDate(daysSinceEpoch: last)
        if allowsMonth(date.month) || allowsMonth(LocalDate(daysSinceEpoch: first).month) { return nil }
        var day = last
        repeat {
            day += LocalDate.days(inMonth: date.month, of: date.year) - date.day + 1
            date = LocalDate(daysSinceEpoch: day)
        } while !allowsMonth(date.month)
        return day
    }

    private func hour(_ index: Int) -> (day: Int, hour: Int) {
        let hours = floorDivide(startSeconds, 3600) + index * rule.interval
        let day = floorDivide(hours, 24)
        return (day, hours - day * 24)
    }

    private func allows(_ day: Int) -> Bool {
        if monthMask == 0x1FFE, days.allowsAll { return true }
        let date = LocalDate(daysSinceEpoch: day)
        return allowsMonth(date.month) && days.allows(date, day: day)
    }

    private func collect(_ found: inout [Int], _ year: Int, _ month: Int) {
        guard let first = LocalDate(year: year, month: month, day: 1) else { return }
        let firstDay = first.daysSinceEpoch
        for day in 1...LocalDate.days(inMonth: month, of: year) {
            guard let date = LocalDate(year: year, month: month, day: day) else { continue }
            if days.allows(date, day: firstDay + day - 1) { found.append(firstDay + day - 1) }
        }
    }

    private var startOfFirstWeek: Int {
        startDay - (weekdayIndex(startDay) - rule.weekStart.rawValue + 7) % 7
    }

    /// The day after the last one of ``lastYear``.
    static let endDay = firstDay(of: lastYear + 1)
}
