/// Priorities in words.
public enum PriorityReading {
    /// Reads a text that is a priority and nothing else: "urgent", "high priority", "p1", "low".
    public static func parse(_ text: String, in context: LanguageContext) -> ParsedPriority? {
        let reading = Reading(text, context)
        let start = Cursor(reading: reading, place: 0)
        var cursor = start
        if let level = cursor.takePriorityWords(), cursor.isAtEnd { return level }
        cursor = start
        let words = cursor.words.priority
        if let level = cursor.take(words.levels) ?? cursor.take(words.adjectives) ?? cursor.take(words.heads),
            cursor.isAtEnd
        {
            return level
        }
        cursor = start
        guard cursor.take("p"), let number = cursor.takeNumber(touching: true), cursor.isAtEnd else { return nil }
        let levels: [ParsedPriority] = [.urgent, .high, .medium, .low]
        return (1...4).contains(number) ? levels[number - 1] : nil
    }
}
