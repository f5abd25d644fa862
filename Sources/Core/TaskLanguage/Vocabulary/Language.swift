/// A language that this grammar speaks. Each is one table of words.
public enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case german = "de"
}
