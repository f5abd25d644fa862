/// A priority as words give it.
public enum ParsedPriority: String, Hashable, Sendable {
    case low, medium, high, urgent
}
