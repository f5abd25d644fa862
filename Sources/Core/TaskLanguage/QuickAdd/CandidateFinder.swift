import CivilTime

/// Finds everything that the words of a line can mean, wherever it begins.
struct CandidateFinder {
    let reading: Reading
    let text: LineText

    func candidates() -> [[Candidate]] {
        reading.tokens.indices.map { place in
            canBegin(at: place) ? candidates(at: Cursor(reading: reading, place: place)) : []
        }
    }

    /// What means something begins after space, an opening bracket, a comma or a picture.
    private func canBegin(at place: Int) -> Bool {
        guard !reading.isProtected[place] else { return false }
        if reading.tokens[place].isApart { return true }
        guard place > 0 else { return true }
        let before = reading.tokens[place - 1]
        if ["(", ",", "[", ";"].contains(before.text) || before.isPicture { return true }
        // "31/1#money", but not "C#"
        return reading.tokens[place].text == "#" && before.kind == .number
    }

    private func candidates(at start: Cursor) -> [Candidate] {
        guard let token = start.current else { return [] }
        var found: [Candidate] = []
        switch token.text {
        case "\\": found += escape(start)
        case "#", "*": found += tag(start)
        case "@":
            // "@noon" is a time.
            let time = due(start)
            found += time.isEmpty ? tag(start) : time
        case "!": found += mark(start)
        default:
            if token.text == "p" { found += level(start) }
            guard token.kind != .sign || token.text == "~", mayBeginTime(token) else { break }
            found += reminders(start) + recurrences(start) + due(start) + priorities(start)
            found += unread(start)
        }
        return found
    }

    private func mayBeginTime(_ token: Token) -> Bool {
        token.kind == .number || reading.words.starters.contains(token.text)
    }

    // MARK: Time

    private func due(_ start: Cursor) -> [Candidate] {
        var found: [Candidate] = []
        var cursor = start
        var piece = DuePiece()
        if cursor.takeDue(into: &piece) { found.append(due(piece, start, cursor)) }
        if piece.date != nil, piece.time != nil {
            // The day alone too: the time may belong to what follows it.
            var day = start
            if let date = day.takeMarkedDate() { found.append(due(DuePiece(date: date), start, day)) }
        }
        return found
    }

    private func due(_ piece: DuePiece, _ start: Cursor, _ end: Cursor) -> Candidate {
        var slots = Candidate.Slots()
        if piece.date != nil { slots.insert(.date) }
        let hasClock = piece.date?.time != nil || piece.time != nil
        if hasClock { slots.insert(.time) }
        return Candidate(meaning: .due(piece), places: start.place..<end.place, slots: slots)
    }

    private func recurrences(_ start: Cursor) -> [Candidate] {
        let found = start.recurrences()
        if let first = found.first, first.match.isWeak {
            let places = start.place..<first.end.place
            return [Candidate(meaning: .frequency(first.match), places: places, slots: .frequency)]
        }
        return found.filter { !$0.match.isWeak }.map { recurrence($0.match, start, $0.end) }
    }

    private func recurrence(_ match: RecurrenceMatch, _ start: Cursor, _ end: Cursor) -> Candidate {
        var slots = Candidate.Slots.rule
        if match.time?.hour != nil || match.time?.isMidnight == true { slots.insert(.time) }
        return Candidate(meaning: .recurrence(match), places: start.place..<end.place, slots: slots)
    }

    private func reminders(_ start: Cursor) -> [Candidate] {
        var cursor = start
        guard let moments = cursor.takeReminders() else { return [] }
        return [Candidate(meaning: .reminders(moments), places: start.place..<cursor.place, slots: [])]
    }

    /// Words about time that are known to mean nothing that can be kept.
    private func unread(_ start: Cursor) -> [Candidate] {
        guard let (end, code, detail) = start.endOfUnreadable() else { return [] }
        return [Candidate(meaning: .unread(code: code, detail: detail), places: start.place..<end, slots: [])]
    }

    // MARK: Priorities in words

    private func priorities(_ start: Cursor) -> [Candidate] {
        var cursor = start
        guard let priority = cursor.takePriorityWords() else { return [] }
        return [other(.priority(priority), start, cursor)]
    }

    func other(_ meaning: Candidate.Meaning, _ start: Cursor, _ end: Cursor) -> Candidate {
        Candidate(meaning: meaning, places: start.place..<end.place, slots: [], isAboutTime: false)
    }
}
