/// A place in an order that people make by hand: there is always another one between two of them, until one would be
/// too long. Keys are compared as text, by its bytes.
///
/// A key is a fraction between 0 and 1 in base 62, without the zero before the point. Its first digits
/// (``wholeDigits``) count the places at both ends, so that adding there makes no key longer; the digits behind them
/// come from places between two others.
public struct PositionKey: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// From 0 to 61 each, in the order of ASCII; the last one is not 0.
    private let digits: [UInt8]

    private static let base = 62
    private static let wholeDigits = 4
    /// How many places there are without a digit behind the whole ones: 62^4.
    private static let wholes = 14_776_336
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// Reads a key of at most ``Limits/positionLengthMax`` letters and digits.
    public init?(_ text: String) {
        let digits = text.utf8.map { PositionKey.digit($0) }
        guard (1...Limits.positionLengthMax).contains(digits.count), !digits.contains(nil), digits.last != 0 else {
            return nil
        }
        self.digits = digits.compactMap { $0 }
    }

    private init(_ digits: [UInt8]) { self.digits = digits }

    /// - Parameter whole: of 1 to ``wholes`` - 1.
    private init(whole: Int) {
        var (rest, digits) = (whole, [UInt8]())
        for _ in 0..<PositionKey.wholeDigits {
            digits.insert(UInt8(rest % PositionKey.base), at: 0)
            rest /= PositionKey.base
        }
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
    }

    public var description: String { String(decoding: digits.map { PositionKey.alphabet[Int($0)] }, as: UTF8.self) }

    public static func < (one: PositionKey, other: PositionKey) -> Bool {
        one.digits.lexicographicallyPrecedes(other.digits)
    }

    private static func digit(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): letter - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "z"): letter - UInt8(ascii: "a") + 36
        default: nil
        }
    }

    /// So many keys in ascending order, above one and below another.
    ///
    /// - Parameters:
    ///   - lower: nil where nothing is above: the keys come right before `upper`.
    ///   - upper: nil where nothing is below.
    ///   - length: what a key may have at most.
    /// - Returns: nil when one would be longer, or there is no room: `lower` is not below `upper`.
    package static func keys(
        _ count: Int, above lower: PositionKey?, below upper: PositionKey?, length: Int = Limits.positionLengthMax
    ) -> [PositionKey]? {
        if let lower, let upper, lower >= upper { return nil }
        if count == 0 { return [] }
        if let keys = atAnEnd(count, lower, upper) { return keys }
        let middle = PositionKey(middle(lower?.digits[...] ?? [], upper?.digits[...]))
        guard middle.digits.count <= length,
            let before = keys(count / 2, above: lower, below: middle, length: length),
            let after = keys(count - count / 2 - 1, above: middle, below: upper, length: length)
        else { return nil }
        return before + [middle] + after
    }

    /// Keys without a digit behind the whole ones, where one end is open and there are that many left.
    private static func atAnEnd(_ count: Int, _ lower: PositionKey?, _ upper: PositionKey?) -> [PositionKey]? {
        let first: Int
        switch (lower, upper) {
        case (nil, nil): first = wholes / 2 - count / 2
        case (let lower?, nil): first = lower.whole + 1
        case (nil, let upper?): first = upper.whole - count
        default: return nil
        }
        guard first >= 1, first + count <= wholes else { return nil }
        return (first..<first + count).map { PositionKey(whole: $0) }
    }

    private var whole: Int {
        (0..<PositionKey.wholeDigits).reduce(0) { $0 * PositionKey.base + Int($1 < digits.count ? digits[$1] : 0) }
    }

    /// The shortest digits near the middle of two fractions; nil stands for 1.
    ///
    /// - Parameter upper: above `lower`, and does not end with 0, so there is always something between.
    private static func middle(_ lower: ArraySlice<UInt8>, _ upper: ArraySlice<UInt8>?) -> [UInt8] {
        var (lower, upper, result) = (lower, upper, [UInt8]())
        while true {
            let (low, high) = (Int(lower.first ?? 0), upper.map { Int($0.first ?? 0) } ?? base)
            if high - low > 1 { return result + [UInt8((low + high) / 2)] }
            if high - low == 1, let bound = upper, bound.count > 1 { return result + [UInt8(high)] }
            result.append(UInt8(low))
            lower = lower.dropFirst()
            upper = high == low ? upper?.dropFirst() : nil
        }
    }
}
