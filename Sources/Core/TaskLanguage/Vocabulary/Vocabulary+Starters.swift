extension Vocabulary {
    /// The words for ``starters``.
    static func starters(of words: Vocabulary) -> Set<String> {
        var found = Set<String>()
        let tables: [[String]] = [
            Array(words.weekdays.keys), Array(words.months.keys), Array(words.pluralWeekdays.keys),
            Array(words.numbers.keys), Array(words.tens.keys), Array(words.ordinals.keys),
            Array(words.relativeDays.keys), Array(words.todayParts.keys), Array(words.adverbs.keys),
            Array(words.endWords.keys), Array(words.priority.adjectives.keys), Array(words.priority.heads.keys),
            Array(words.priority.tails.keys),
            Array(words.units.keys), Array(words.parts.keys), Array(words.withHalf.keys),
        ]
        for table in tables { found.formUnion(table) }
        let sets: [Set<String>] = [
            words.at, words.inside, words.next, words.this, words.the, words.every, words.workdays, words.weekends,
            words.clock.noon, words.clock.midnight, words.clock.from, words.clock.after, words.clock.later,
            words.clock.about, words.periods.overNext,
            words.offsets.last, words.repeats.twice, words.repeats.alternate, words.coming, words.repeats.weekdays,
            words.priority.noun,
        ]
        for set in sets { found.formUnion(set) }
        let phrases: [[[String]]] = [
            words.on, words.starting, words.repeats.letters, words.pairs, words.halves,
            words.relativePhrases.map(\.words), words.weekendBefore,
            words.periods.end, words.periods.start, words.periods.middle, words.offsets.notOn, words.repeats.once,
            words.clock.halfPast, words.clock.halfTo, words.clock.quarter, words.reminders.remind,
            words.reminders.remindBriefly, words.reminders.dayBefore,
        ]
        for list in phrases { found.formUnion(list.compactMap(\.first)) }
        return found
    }

    /// Every string in any table, however deep.
    static func strings(in value: Any) -> Set<String> {
        if let text = value as? String { return [text] }
        return Mirror(reflecting: value).children.reduce(into: []) { $0.formUnion(strings(in: $1.value)) }
    }
}
