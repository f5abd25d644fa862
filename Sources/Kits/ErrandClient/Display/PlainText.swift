/// Makes text that others wrote fit to be shown on a terminal, which obeys control characters.
public enum PlainText {
    /// One line: line breaks and tabs become spaces, what a terminal or the bidirectional algorithm would
    /// obey is left out.
    public static func line(_ text: String) -> String {
        cleaned(text, keepsLines: false)
    }

    /// Several lines: as ``line(_:)``, with line breaks kept.
    public static func lines(_ text: String) -> String {
        cleaned(text, keepsLines: true)
    }

    /// A line that ends like a sentence.
    static func sentence(_ text: String) -> String {
        let line = line(text)
        guard let last = line.last, !".!?…".contains(last) else { return line }
        return line + "."
    }

    private static func cleaned(_ text: String, keepsLines: Bool) -> String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\u{85}", "\u{2028}", "\u{2029}", "\r":
                if !(scalar == "\n" && previous == "\r") { result.append(keepsLines ? "\n" : " ") }
            case "\t": result.append(" ")
            default:
                if !isObeyed(scalar) { result.append(scalar) }
            }
            previous = scalar
        }
        return String(result)
    }

    /// Control characters, C1 included; embeddings, overrides, isolates and marks of the bidirectional algorithm
    /// (UAX #9 §2); and invisible characters that hide text. Joiners stay, since emoji and scripts need them.
    static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0x00AD, 0x180E, 0x200B, 0x2028, 0x2029, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }
}
