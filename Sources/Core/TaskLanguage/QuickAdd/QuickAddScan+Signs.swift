/// What begins with a sign: tags, priorities, short reminders, and the backslash that takes a sign its meaning.
extension QuickAddScan {
    private static let tagLengthMax = 60
    private static let endsTag: Set<String> = [",", ";", ":", ")", "(", "!", "?", "\"", "'", "#", "@", "*", "\\"]

    mutating func takeEscape(from start: Cursor) -> Int? {
        guard let next = start.token(start.place + 1), !next.isApart, ["#", "@", "*", "!", "p"].contains(next.text)
        else { return nil }
        cuts.append(reading.tokens[start.place].range)
        return start.place + 2
    }

    /// `#home`, `@errands`, `*label`, `#"two words"`. Numbers alone are no tags: `#12` is a thing's number.
    mutating func takeTag(from start: Cursor) -> Int? {
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
            guard cursor.place > first else { return nil }
            name = text[reading.tokens[first].range.lowerBound..<reading.tokens[cursor.place - 1].range.upperBound]
        }
        guard name.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.value > 0x2000 }),
            name.unicodeScalars.count <= Self.tagLengthMax
        else { return nil }
        if !tags.contains(where: { $0.lowercased() == name.lowercased() }) { tags.append(name) }
        addSpan(.tag, start, cursor)
        return cursor.place
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
    mutating func takePriority(from start: Cursor) -> Int? {
        var cursor = start
        cursor.place += 1
        guard let number = cursor.takeNumber(touching: true), (1...4).contains(number), cursor.isAtBoundary
        else { return nil }
        return set(number: number, start, cursor)
    }

    /// `!high`, `!3`, `!!1`, `!30m`.
    mutating func takeMark(from start: Cursor) -> Int? {
        var cursor = start
        cursor.place += 1
        let isDouble = cursor.takeTouching("!")
        guard let token = cursor.current, !token.isApart else { return nil }
        if !isDouble, let priority = cursor.take(reading.words.priorities), cursor.isAtBoundary {
            return set(priority, start, cursor)
        }
        if !isDouble {
            var timed = cursor
            if let duration = timed.takeDuration(), timed.isAtBoundary {
                reminders.append(ReminderPiece(.before(duration), range: range(start, timed)))
                return timed.place
            }
        }
        guard let number = cursor.takeNumber(touching: true), cursor.isAtBoundary else { return nil }
        if isDouble { return (1...4).contains(number) ? set(number: number, start, cursor) : nil }
        // Vikunja counts upwards.
        let levels: [Int: ParsedPriority] = [1: .low, 2: .medium, 3: .high, 4: .urgent, 5: .urgent]
        return levels[number].map { set($0, start, cursor) }
    }

    private mutating func set(number: Int, _ start: Cursor, _ end: Cursor) -> Int {
        let levels: [ParsedPriority] = [.urgent, .high, .medium, .low]
        return set(levels[number - 1], start, end)
    }

    private mutating func set(_ new: ParsedPriority, _ start: Cursor, _ end: Cursor) -> Int {
        if priority != nil { warn("several_priorities", "The last priority counts.", range(start, end)) }
        priority = new
        addSpan(.priority, start, end)
        return end.place
    }
}
