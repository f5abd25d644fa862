public enum QuickAdd {
    public static func parse(_ text: String, in context: LanguageContext) -> ParsedTask { ParsedTask(title: text) }
}
