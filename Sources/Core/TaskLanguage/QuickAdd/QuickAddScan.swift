import CivilTime

/// Walks over a line once and collects what it understands.
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

    init(_ line: String, _ context: LanguageContext) {
        text = LineText(line)
        reading = Reading(line, context, isProtected: ProtectedText.marks)
    }

    mutating func run() {
        var place = 0
        while place < reading.tokens.count {
            let start = Cursor(reading: reading, place: place)
            guard canBegin(at: place), let end = takeAny(from: start) else {
                place += 1
                continue
            }
            place = max(end, place + 1)
        }
    }

    /// What means something begins after space, or after an opening bracket.
    private func canBegin(at place: Int) -> Bool {
        guard !reading.isProtected[place] else { return false }
        return reading.tokens[place].isApart || (place > 0 && ["(", ","].contains(reading.tokens[place - 1].text))
    }

    /// - Returns: where to go on; nil when nothing begins here.
    private mutating func takeAny(from start: Cursor) -> Int? {
        guard let token = start.current else { return nil }
        switch token.text {
        case "\\": return takeEscape(from: start)
        case "#", "@", "*": return takeTag(from: start)
        case "!": return takeMark(from: start)
        case "p": return takePriority(from: start)
        default: return takeTimeWords(from: start)
        }
    }

    private mutating func takeTimeWords(from start: Cursor) -> Int? {
        var cursor = start
        if let piece = cursor.takeReminder() {
            guard reminders.count < 20 else { return nil }
            reminders.append(ReminderPiece(piece, range: range(start, cursor)))
            return cursor.place
        }
        if let match = cursor.takeRecurrence() { return keep(match, from: start, to: cursor) }
        var piece = DuePiece()
        if cursor.takeDue(into: &piece) { return keep(piece, from: start, to: cursor) }
        if let end = start.endOfImpossibleDate() {
            warn("impossible_date", "There is no such day.", reading.tokens[start.place].range.lowerBound..<end.bound)
            return end.place
        }
        return nil
    }

    private mutating func keep(_ match: RecurrenceMatch, from start: Cursor, to cursor: Cursor) -> Int {
        if recurrence == nil {
            recurrence = (match, range(start, cursor))
            addSpan(.recurrence, start, cursor)
            if match.time?.assumesAfternoon == true { warnAfternoon(range(start, cursor)) }
        } else {
            warn("second_recurrence", "Only the first recurrence counts.", range(start, cursor))
        }
        return cursor.place
    }

    /// The first date and the first time count, together or apart.
    private mutating func keep(_ piece: DuePiece, from start: Cursor, to cursor: Cursor) -> Int {
        let hasTime = due.time != nil || due.date?.time != nil
        let addsDate = due.date == nil && piece.date != nil
        let addsTime = !hasTime && (piece.time != nil || piece.date?.time != nil)
        guard (piece.date == nil || addsDate) && (piece.time == nil || addsTime) else {
            warn("second_date", "Only the first date counts.", range(start, cursor))
            return cursor.place
        }
        due.date = due.date ?? piece.date
        due.time = due.time ?? piece.time
        addSpan(.due, start, cursor)
        if let warning = piece.date?.warning { warnings.append(warning) }
        if piece.time?.assumesAfternoon == true { warnAfternoon(range(start, cursor)) }
        return cursor.place
    }

    private mutating func warnAfternoon(_ range: Range<Int>) {
        warn("assumed_afternoon", "Read as a time in the afternoon; say am or pm to be sure.", range)
    }

    mutating func warn(_ code: String, _ detail: String, _ range: Range<Int>?) {
        warnings.append(ParsedWarning(code: code, detail: detail, range: range))
    }

    mutating func addSpan(_ kind: ParsedSpan.Kind, _ start: Cursor, _ end: Cursor) {
        let range = range(start, end)
        spans.append(ParsedSpan(range: range, kind: kind, text: text[range]))
    }

    func range(_ start: Cursor, _ end: Cursor) -> Range<Int> {
        let tokens = reading.tokens
        return tokens[start.place].range.lowerBound..<tokens[max(end.place - 1, start.place)].range.upperBound
    }
}
