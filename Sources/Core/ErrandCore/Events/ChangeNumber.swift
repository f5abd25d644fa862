/// The place of an event among those of its space: 1, 2, 3 … without gaps, in the order of commits.
///
/// Whoever has seen everything up to one knows by the next whether something is missing. In JSON it is a number, and
/// called a cursor there.
public struct ChangeNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int64

    /// Before the first change.
    public static let none = ChangeNumber(0)

    public init(_ value: Int64) {
        self.value = value
    }

    public var next: ChangeNumber { ChangeNumber(value + 1) }

    public var json: JSONValue { .integer(value) }

    public var description: String { String(value) }

    public static func < (left: ChangeNumber, right: ChangeNumber) -> Bool { left.value < right.value }
}
