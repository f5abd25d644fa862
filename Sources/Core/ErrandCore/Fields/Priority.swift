/// How much a task matters.
public enum Priority: Int, CaseIterable, Sendable, Comparable {
    case low = 1
    case medium, high, urgent

    public static let standard = Priority.medium

    public var name: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .urgent: "urgent"
        }
    }

    /// Reads a name, or `p1` (urgent) to `p4` (low); case does not matter.
    public init?(name: String) {
        switch name.lowercased() {
        case "low", "p4": self = .low
        case "medium", "p3": self = .medium
        case "high", "p2": self = .high
        case "urgent", "p1": self = .urgent
        default: return nil
        }
    }

    public static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
}
