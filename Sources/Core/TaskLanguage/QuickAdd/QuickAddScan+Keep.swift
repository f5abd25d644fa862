import CivilTime
import Recurrence

/// What becomes of each piece that was chosen.
extension QuickAddScan {
    mutating func keep(_ pick: Choice.Pick) {
        let range = range(pick.candidate.places)
        switch pick.candidate.meaning {
        case .due(let piece): keep(piece, range, pick.isSurplus)
        case .recurrence(let match): keep(match, range, pick.isSurplus)
        case .frequency(let match): keep(frequency: match, range)
        case .reminders(let moments):
            for moment in moments where reminders.count < 20 {
                reminders.append(ReminderPiece(moment: moment, range: range))
            }
        case .priority(let new):
            if priority != nil { warn("several_priorities", "The last priority counts.", range) }
            priority = new
            addSpan(.priority, range)
        case .tag(let name):
            if !tags.contains(where: { $0.lowercased() == name.lowercased() }) { tags.append(name) }
            addSpan(.tag, range)
        case .escape: cuts.append(range.lowerBound..<range.lowerBound + 1)
        case .unread(let code, let detail): warn(code, detail, range)
        }
    }

    private mutating func keep(_ match: RecurrenceMatch, _ range: Range<Int>, _ isSurplus: Bool) {
        if isSurplus {
            warn("second_recurrence", "Only the first recurrence counts.", range)
            return
        }
        if let frequency = recurrence?.match {
            // "biweekly … wednesdays": the days come from here, how often from there.
            var joined = match
            joined.rule.interval = frequency.rule.interval
            recurrence = (joined, range)
        } else {
            recurrence = (match, range)
        }
        addSpan(.recurrence, range)
        if match.assumesFirst { warn("assumed_day", "No day of the month is said, so it is the first.", range) }
        for time in [match.time, match.start?.time].compactMap({ $0 }) { warn(of: time, range) }
    }

    private mutating func keep(frequency match: RecurrenceMatch, _ range: Range<Int>) {
        if var joined = recurrence {
            joined.match.rule.interval = match.rule.interval
            recurrence = joined
        } else {
            recurrence = (match, range)
        }
        addSpan(.recurrence, range)
    }

    /// The first date and the first time count, together or apart.
    private mutating func keep(_ piece: DuePiece, _ range: Range<Int>, _ isSurplus: Bool) {
        if isSurplus {
            warn("second_date", "Only the first date counts.", range)
            return
        }
        due.date = due.date ?? piece.date
        due.time = due.time ?? piece.time
        addSpan(.due, range)
        if let warning = piece.date?.warning { warnings.append(warning) }
        if let time = piece.time { warn(of: time, range) }
    }

    func warnsOfHalf(_ time: TimeMatch) -> Bool {
        var time = time
        time.part = time.part ?? due.date?.part ?? recurrence?.match.time?.part
        return time.resolved(reading.context.dayParts).isAssumed
    }

    mutating func warn(of time: TimeMatch, _ range: Range<Int>) {
        if time.hour != nil, time.half != .known { halves.append((time, range)) }
        if time.isStartOfSpan { warn("time_span", "Only the beginning of the span is kept.", range) }
        if time.hasDoubtfulZone, let zone = time.zone {
            warn("ambiguous_zone", "This abbreviation has several meanings; read as \(zone.identifier).", range)
        }
    }

    mutating func addSpan(_ kind: ParsedSpan.Kind, _ range: Range<Int>) {
        spans.append(ParsedSpan(range: range, kind: kind, text: text[range]))
    }
}
