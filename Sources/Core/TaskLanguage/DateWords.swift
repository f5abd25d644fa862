public enum DateWords {
    public static func parse(_ text: String, in context: LanguageContext) -> ParsedDue? { nil }
}
