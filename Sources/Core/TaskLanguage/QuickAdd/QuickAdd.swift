/// One line of words to a task: the grammar of every door.
public enum QuickAdd {
    /// Reads what a line says. Never fails: what is not understood, or not clear, stays in the title.
    ///
    /// Text in double quotation marks and in addresses of the web is left alone; a backslash before a sign keeps it
    /// from meaning anything. A weekday is the next one, a week from now on that very day; a date without a year
    /// is the next one; midnight ends the day that is named. Takes time in proportion to the length of the text.
    public static func parse(_ text: String, in context: LanguageContext) -> ParsedTask {
        var scan = QuickAddScan(text, context)
        scan.run()
        return scan.result()
    }
}
