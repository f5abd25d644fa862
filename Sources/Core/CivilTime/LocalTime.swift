/// A time of day without date or zone, to the second: 00:00:00 to 23:59:59.
public struct LocalTime: Hashable, Comparable, Sendable {
    public let secondOfDay: Int

    public static let midnight = LocalTime(secondOfDay: 0)

    init(secondOfDay: Int) {
        self.secondOfDay = secondOfDay
    }

    /// - Returns: nil when a part is out of range; there is no leap second.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.secondOfDay = hour * 3600 + minute * 60 + second
    }

    public var hour: Int { secondOfDay / 3600 }
    public var minute: Int { secondOfDay / 60 % 60 }
    public var second: Int { secondOfDay % 60 }

    public static func < (left: LocalTime, right: LocalTime) -> Bool { left.secondOfDay < right.secondOfDay }
}

extension LocalTime: LosslessStringConvertible {
    /// Reads `HH:MM` or `HH:MM:SS`.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2) else { return nil }
        var second = 0
        if !scanner.isAtEnd {
            guard scanner.take(":"), let digits = scanner.digits(2), scanner.isAtEnd else { return nil }
            second = digits
        }
        self.init(hour: hour, minute: minute, second: second)
    }

    /// `HH:MM`, with seconds only where there are some.
    public var description: String {
        var text = DigitWriter()
        text.append(hour, width: 2)
        text.append(":")
        text.append(minute, width: 2)
        if second != 0 {
            text.append(":")
            text.append(second, width: 2)
        }
        return text.text
    }
}
