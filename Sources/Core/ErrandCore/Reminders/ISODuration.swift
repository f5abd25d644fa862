/// A duration as ISO 8601 writes it and RFC 3339 appendix A spells it out: `PT1H`, `P1D`, `P2W`, `PT1H30M`.
///
/// A day is 24 hours; years and months are refused, since they have no length.
public struct ISODuration: Hashable, Sendable, LosslessStringConvertible {
    /// Whole seconds.
    public let duration: Duration

    public init(_ duration: Duration) {
        self.duration = duration
    }

    public init?(_ text: String) {
        var rest = text.uppercased()[...].utf8
        guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
        var seconds: Int64 = 0
        var units: [(letter: UInt8, seconds: Int64)] = [(UInt8(ascii: "W"), 604_800), (UInt8(ascii: "D"), 86_400)]
        while !rest.isEmpty {
            if rest.first == UInt8(ascii: "T"), units.first?.seconds ?? 0 > 3600 || units.isEmpty {
                rest.removeFirst()
                units = [(UInt8(ascii: "H"), 3600), (UInt8(ascii: "M"), 60), (UInt8(ascii: "S"), 1)]
                if rest.isEmpty { return nil }
                continue
            }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest[digits.endIndex...]
            guard (1...8).contains(digits.count), let number = Int64(Substring(digits)), let letter = rest.popFirst(),
                let place = units.firstIndex(where: { $0.letter == letter })
            else { return nil }
            seconds += number * units[place].seconds
            units.removeSubrange(...place)
            // Keeps "T" allowed after the last day unit.
            if letter == UInt8(ascii: "D") { units = [] }
        }
        duration = .seconds(seconds)
    }

    public var description: String {
        var rest = duration.components.seconds
        if rest == 0 { return "PT0S" }
        if rest % 604_800 == 0 { return "P\(rest / 604_800)W" }
        var text = "P"
        if rest >= 86_400 {
            text += "\(rest / 86_400)D"
            rest %= 86_400
        }
        if rest > 0 { text += "T" }
        for (letter, seconds) in [("H", 3600), ("M", 60), ("S", 1)] as [(String, Int64)] where rest >= seconds {
            text += "\(rest / seconds)\(letter)"
            rest %= seconds
        }
        return text
    }
}
