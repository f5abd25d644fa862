/// Whether words right beside a piece would change its meaning: such a piece is not read at all.
///
/// "Every day except the holidays" is not every day; "friday of the festival" is not friday.
struct Unfinished {
    let reading: Reading

    /// - Parameters:
    ///   - places: of the piece.
    ///   - isCovered: tokens that are read as something.
    /// - Returns: the tokens from the piece through the words that change it; nil where it is complete.
    func extent(of places: Range<Int>, _ isCovered: [Bool]) -> Range<Int>? {
        if let end = endOfChange(after: places.upperBound, isCovered) { return places.lowerBound..<end }
        if let start = startOfChange(before: places.lowerBound, isCovered) { return start..<places.upperBound }
        return nil
    }

    private func cursor(_ place: Int) -> Cursor { Cursor(reading: reading, place: place) }

    private func endOfChange(after end: Int, _ isCovered: [Bool]) -> Int? {
        guard end < reading.tokens.count, !isCovered[end], !reading.isProtected[end] else { return nil }
        var trial = cursor(end)
        let words = reading.words
        if trial.take(words.repeats.except) || trial.take(words.until) { return endOfWords(trial.place, isCovered) }
        if let text = trial.current?.text, !words.shortOn.contains(text), trial.take(words.reminders.before) {
            return trial.place
        }
        if trial.take(words.offsets.notOn) { return isAboutTime(trial) ? endOfWords(trial.place, isCovered) : nil }
        let isJoined =
            trial.take(words.of) || trial.take(words.offsets.after) || trial.take(words.and)
            || trial.take(words.repeats.but)
            || trial.take(words.or) || trial.take(words.repeats.through) || trial.take(",")
        if isJoined, trial.place < isCovered.count, isCovered[trial.place] { return nil }
        if isJoined { return isAboutTime(trial) ? endOfWords(trial.place, isCovered) : nil }
        if !isEverydayWord(end), trial.take(words.weekdays) != nil || trial.take(words.offsets.week) != nil,
            trial.isAtBoundary
        {
            return trial.place
        }
        if trial.current?.isCapitalised == true, trial.take(words.streets) { return trial.place }
        if let zone = trial.current, zone.isUppercase, ZoneNames.abbreviation(zone.text, home: nil) != nil {
            // "UTC+2"
            return min(endOfWords(end, isCovered) + 2, reading.tokens.count)
        }
        var zone = cursor(end)
        return zone.takeZoneName() == nil ? nil : zone.place
    }

    /// German "so" is Sunday only with a capital.
    private func isEverydayWord(_ place: Int) -> Bool {
        let token = reading.tokens[place]
        return reading.words.everyday.contains(token.text) && !token.isCapitalised
    }

    /// "last friday", "not tomorrow", "a week from sunday".
    private func startOfChange(before start: Int, _ isCovered: [Bool]) -> Int? {
        guard start > 0, !isCovered[start - 1], !reading.isProtected[start - 1] else { return nil }
        let before = reading.tokens[start - 1]
        let words = reading.words
        if words.offsets.last.contains(before.text) { return start - 1 }
        if words.articles.contains(before.text), words.weekdays[reading.tokens[start].text] != nil { return start - 1 }
        for phrase in words.repeats.except + words.offsets.notOn where phrase.count <= start {
            let first = start - phrase.count
            if phrase.indices.allSatisfy({ cursor(first).token(first + $0)?.text == phrase[$0] }) { return first }
        }
        guard words.of.contains(before.text) || words.offsets.after.contains([before.text]), start > 1 else {
            return nil
        }
        // "2nd saturday of …", "3 days from …"
        var trial = cursor(start - 2)
        if trial.take(words.units) != nil || trial.take(words.weekdays) != nil || trial.takeOrdinal() != nil {
            return start - 2
        }
        return nil
    }

    private func isAboutTime(_ start: Cursor) -> Bool {
        var trial = start
        var piece = DuePiece()
        if trial.takeDue(into: &piece) { return true }
        trial = start
        _ = trial.take(reading.words.the)
        return trial.take(reading.words.weekdays) != nil || trial.take(reading.words.months) != nil
            || trial.take(reading.words.fromNow) || trial.take(reading.words.units) != nil
            || trial.takeWeekdays() != nil
    }

    /// To the end of the clause, at most five words.
    private func endOfWords(_ place: Int, _ isCovered: [Bool]) -> Int {
        var end = place
        while end < min(reading.tokens.count, place + 5), !isCovered[end], reading.tokens[end].kind != .sign {
            end += 1
        }
        return max(end, min(place + 1, reading.tokens.count))
    }
}
