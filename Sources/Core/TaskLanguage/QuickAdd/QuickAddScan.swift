import CivilTime
import Recurrence

/// Reads a whole line: finds what its pieces can mean, chooses what explains most, and leaves out what is not finished.
struct QuickAddScan {
    let text: LineText
    let reading: Reading
    var spans: [ParsedSpan] = []
    /// Cut out of the title without meaning anything: backslashes.
    var cuts: [Range<Int>] = []
    var warnings: [ParsedWarning] = []
    var tags: [String] = []
    var priority: ParsedPriority?
    var recurrence: (match: RecurrenceMatch, range: Range<Int>)?
    var due = DuePiece()
    var reminders: [ReminderPiece] = []
    /// Hours whose half of the day may have to be assumed.
    var halves: [(time: TimeMatch, range: Range<Int>)] = []

    /// Rounds of leaving something out; each leaves out at least one piece.
    private static let roundsMax = 12

    init(_ line: String, _ context: LanguageContext) {
        text = LineText(line)
        reading = Reading(line, context, isLine: true)
    }

    mutating func run() {
        var candidates = CandidateFinder(reading: reading, text: text).candidates()
        var unfinished: [Range<Int>] = []
        for _ in 0..<Self.roundsMax {
            let picks = Choice(candidates).best()
            if dropWeak(picks, from: &candidates) { continue }
            guard let extent = unfinishedPiece(picks) else {
                keep(picks, unfinished)
                return
            }
            unfinished.append(extent)
            for place in candidates.indices {
                candidates[place].removeAll { $0.isAboutTime && $0.places.overlaps(extent) }
            }
        }
        keep(Choice(candidates.map { $0.filter { !$0.isAboutTime } }).best(), unfinished)
    }

    /// A frequency only counts beside days that come again as often as it says.
    private func dropWeak(_ picks: [Choice.Pick], from candidates: inout [[Candidate]]) -> Bool {
        let rule = picks.lazy.compactMap { pick -> RecurrenceMatch? in
            if case .recurrence(let match) = pick.candidate.meaning, !pick.isSurplus { match } else { nil }
        }.first
        for pick in picks {
            guard case .frequency(let weak) = pick.candidate.meaning else { continue }
            if let rule, rule.rule.frequency == weak.rule.frequency, rule.rule.interval == 1, !pick.isSurplus {
                continue
            }
            if rule == nil, weak.rule.frequency == .monthly, Self.dayOfMonth(picks) != nil { continue }
            candidates[pick.candidate.places.lowerBound].removeAll {
                if case .frequency = $0.meaning { true } else { false }
            }
            return true
        }
        return dropLonely(picks, from: &candidates)
    }

    /// A time that needs a day, or a day that needs a time, where there is none.
    private func dropLonely(_ picks: [Choice.Pick], from candidates: inout [[Candidate]]) -> Bool {
        var slots = Candidate.Slots()
        for pick in picks where !pick.isSurplus { slots.formUnion(pick.candidate.slots) }
        for pick in picks {
            guard case .due(let piece) = pick.candidate.meaning else { continue }
            let lacksDay = piece.time?.needsDay == true && slots.isDisjoint(with: [.date, .rule])
            let lacksTime = piece.date?.needsTime == true && !slots.contains(.time)
            guard lacksDay || lacksTime else { continue }
            let places = pick.candidate.places
            candidates[places.lowerBound].removeAll { $0.isAboutTime && $0.places == places }
            return true
        }
        return false
    }

    private static func dayOfMonth(_ picks: [Choice.Pick]) -> Int? {
        picks.lazy.compactMap { pick -> Int? in
            if case .due(let piece) = pick.candidate.meaning, !pick.isSurplus { piece.date?.dayOfMonth } else { nil }
        }.first
    }

    private func unfinishedPiece(_ picks: [Choice.Pick]) -> Range<Int>? {
        var isCovered = [Bool](repeating: false, count: reading.tokens.count)
        for pick in picks where !pick.isSurplus {
            if case .unread = pick.candidate.meaning { continue }
            for place in pick.candidate.places { isCovered[place] = true }
        }
        let check = Unfinished(reading: reading)
        for pick in picks where pick.candidate.isAboutTime {
            if case .unread = pick.candidate.meaning { continue }
            if case .recurrence(let match) = pick.candidate.meaning, match.hasUnreadTimes {
                return pick.candidate.places
            }
            if let extent = check.extent(of: pick.candidate.places, isCovered) { return extent }
        }
        return nil
    }

    private mutating func keep(_ picks: [Choice.Pick], _ unfinished: [Range<Int>]) {
        var isCovered = [Bool](repeating: false, count: reading.tokens.count)
        for pick in picks {
            for place in pick.candidate.places { isCovered[place] = true }
            keep(pick)
            warnOfSlips(in: pick)
        }
        for extent in unfinished {
            for place in extent { isCovered[place] = true }
            warn("not_understood", "This is not understood as a whole, so it stays in the title.", range(extent))
        }
        for name in reading.doubtfulNames {
            warn("not_understood", "This may be a name or a time; it stays in the title.", range(name))
        }
        var read = [Bool](repeating: false, count: reading.tokens.count)
        for pick in picks where pick.candidate.isAboutTime && !pick.isSurplus {
            if case .unread = pick.candidate.meaning { continue }
            for place in pick.candidate.places { read[place] = true }
        }
        for extent in Leftovers(reading: reading).places(isCovered, read: read) {
            warn(
                "not_understood", "This looks like a time, but is not understood; it stays in the title.", range(extent)
            )
        }
    }

    private mutating func warnOfSlips(in pick: Choice.Pick) {
        guard pick.candidate.isAboutTime, !pick.isSurplus else { return }
        for place in pick.candidate.places where reading.tokens[place].isMended {
            let token = reading.tokens[place]
            warn("assumed_spelling", "Read as “\(token.text)”.", token.range)
        }
    }

    mutating func warn(_ code: String, _ detail: String, _ range: Range<Int>?) {
        warnings.append(ParsedWarning(code: code, detail: detail, range: range))
    }

    func range(_ places: Range<Int>) -> Range<Int> {
        let last = max(places.upperBound - 1, places.lowerBound)
        return reading.tokens[places.lowerBound].range.lowerBound..<reading.tokens[last].range.upperBound
    }
}
