/// What begins with a sign: tags, priorities, short reminders, and the backslash that takes a sign its meaning.
extension CandidateFinder {
    private static let tagLengthMax = 60
    private static let endsTag: Set<String> = [",", ";", ":", ")", "(", "!", "?", "\"", "'", "#", "@", "*", "\\"]

    func escape(_ start: Cursor) -> [Candidate] {
        guard let next = start.token(start.place + 1), !next.isApart, ["#", "@", "*", "!", "p"].contains(next.text)
        else { return [] }
        return [Candidate(meaning: .escape, places: start.place..<start.place + 2, slots: [], isAboutTime: false)]
    }

    /// `#home`, `@errands`, `*label`, `#"two words"`. Numbers alone are no tags: `#12` is a thing's number.
    func tag(_ start: Cursor) -> [Candidate] {
        var cursor = start
        cursor.place += 1
        let name: String
        if let quoted = quotedName(from: &cursor) {
            name = quoted
        } else {
            let first = cursor.place
            while let token = cursor.current, !token.isApart, !Self.endsTag.contains(token.text) { cursor.place += 1 }
            // A full stop ends a sentence, not a tag.
            while cursor.place > first, [".", "…"].contains(reading.tokens[cursor.place - 1].text) { cursor.place -= 1 }
            guard cursor.place > first else { return [] }
            name = text[reading.tokens[first].range.lowerBound..<reading.tokens[cursor.place - 1].range.upperBound]
        }
        guard name.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.value > 0x2000 }),
            name.unicodeScalars.count <= Self.tagLengthMax
        else { return [] }
        return [other(.tag(name), start, cursor)]
    }

    private func quotedName(from cursor: inout Cursor) -> String? {
        let tokens = reading.tokens
        guard cursor.place < tokens.count, tokens[cursor.place].text == "\"", !tokens[cursor.place].isApart,
            let end = tokens.indices.dropFirst(cursor.place + 1).first(where: { tokens[$0].text == "\"" }),
            end > cursor.place + 1
        else { return nil }
        let name = text[tokens[cursor.place].range.upperBound..<tokens[end].range.lowerBound]
        cursor.place = end + 1
        return name.contains(",") ? nil : name
    }

    /// `p1` … `p4`.
    func level(_ start: Cursor) -> [Candidate] {
        var cursor = start
        cursor.place += 1
        guard let number = cursor.takeNumber(touching: true), cursor.isAtBoundary, let level = Self.level(number)
        else { return [] }
        return [other(.priority(level), start, cursor)]
    }

    /// `!high`, `!3`, `!!1`, `!30m`.
    func mark(_ start: Cursor) -> [Candidate] {
        var cursor = start
        cursor.place += 1
        let isDouble = cursor.takeTouching("!")
        guard let token = cursor.current, !token.isApart else { return [] }
        if !isDouble, let priority = cursor.take(reading.words.priority.levels), cursor.isAtBoundary {
            return [other(.priority(priority), start, cursor)]
        }
        if !isDouble {
            var timed = cursor
            if let span = timed.takeDuration(), timed.isAtBoundary {
                return [
                    Candidate(meaning: .reminders([.before(span)]), places: start.place..<timed.place, slots: [])
                ]
            }
        }
        guard let number = cursor.takeNumber(touching: true), cursor.isAtBoundary else { return [] }
        // Vikunja counts upwards.
        let upwards: [Int: ParsedPriority] = [1: .low, 2: .medium, 3: .high, 4: .urgent, 5: .urgent]
        return (isDouble ? Self.level(number) : upwards[number]).map { [other(.priority($0), start, cursor)] } ?? []
    }

    private static func level(_ number: Int) -> ParsedPriority? {
        let levels: [ParsedPriority] = [.urgent, .high, .medium, .low]
        return (1...4).contains(number) ? levels[number - 1] : nil
    }
}

extension Cursor {
    /// "high priority", "prio 1", "priority: high"; at the head of the line "URGENT:", at its end ", urgent".
    mutating func takePriorityWords() -> ParsedPriority? {
        attempt { $0.takeNamedPriority() } ?? attempt { $0.takeHead() }
    }

    private mutating func takeNamedPriority() -> ParsedPriority? {
        if let level = take(words.priority.adjectives) {
            return take(words.priority.noun) && isAtBoundary ? level : nil
        }
        guard take(words.priority.noun) else { return nil }
        _ = takeTouching(":")
        if let level = take(words.priority.levels) ?? take(words.priority.adjectives) {
            return isAtBoundary ? level : nil
        }
        let levels: [ParsedPriority] = [.urgent, .high, .medium, .low]
        guard let number = takeNumber(), (1...4).contains(number), isAtBoundary else { return nil }
        return levels[number - 1]
    }

    private mutating func takeHead() -> ParsedPriority? {
        let start = place
        var tail = self
        if let level = tail.take(words.priority.tails), tail.isAtBoundary, tail.isAtClauseEnd {
            self = tail
            return level
        }
        guard let word = current, let level = take(words.priority.heads), isAtBoundary else { return nil }
        let before = reading.tokens.indices.contains(start - 1) ? reading.tokens[start - 1].text : nil
        let isBracketed = before == "(" && current?.text == ")" || before == "[" && current?.text == "]"
        if isBracketed { return level }
        if start == 0 {
            guard takeTouching(":") || takeTouching("!") || word.isUppercase || current?.text == "-" else { return nil }
            while takeTouching("!") {}
            return level
        }
        // ", urgent" at the end.
        guard before == "," || word.isUppercase, isAtEnd || isAtClauseEnd else { return nil }
        return level
    }
}
