/// Reads fixed-width digits and separators off a string, byte by byte.
struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ separator: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: separator) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func nextDigit() -> Int? {
        guard let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    /// Exactly `count` digits, or nil.
    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

/// Writes zero-padded numbers and separators, byte by byte: lists write hundreds of time stamps each.
struct DigitWriter {
    private var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    init() {
        bytes.reserveCapacity(24)
    }

    mutating func append(_ separator: Unicode.Scalar) {
        bytes.append(UInt8(ascii: separator))
    }

    /// - Parameters:
    ///   - value: 0 or more, with at most `width` digits.
    ///   - width: 1 to 4.
    mutating func append(_ value: Int, width: Int) {
        if width > 3 { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 1000 % 10)) }
        if width > 2 { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 100 % 10)) }
        if width > 1 { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10 % 10)) }
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    }

    mutating func append(_ date: LocalDate) {
        append(date.year, width: 4)
        append("-")
        append(date.month, width: 2)
        append("-")
        append(date.day, width: 2)
    }
}
