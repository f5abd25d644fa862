/// Numbers and places in words.
public enum NumberWords {
    /// Reads "3", "three", "twenty five", "a couple of".
    public static func count(_ text: String, in context: LanguageContext) -> Int? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        guard let count = cursor.takeCount(), cursor.isAtEnd else { return nil }
        return count
    }

    /// Reads "first", "2nd", "twenty-first"; -1 for "last".
    public static func ordinal(_ text: String, in context: LanguageContext) -> Int? {
        var cursor = Cursor(reading: Reading(text, context), place: 0)
        guard let ordinal = cursor.takeOrdinal(), cursor.isAtEnd else { return nil }
        return ordinal
    }
}
