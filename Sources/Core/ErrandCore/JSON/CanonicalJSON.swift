extension JSONValue {
    /// The value in the JSON Canonicalization Scheme (RFC 8785): one text for one value, the same everywhere.
    /// Members are sorted by the UTF-16 code units of their names, numbers written as ECMAScript does.
    public var canonicalText: String {
        switch self {
        case .array(let values): "[" + values.map(\.canonicalText).joined(separator: ",") + "]"
        case .object(let object):
            "{"
                + object.members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
                .map { JSONValue.canonicalString($0.name) + ":" + $0.value.canonicalText }
                .joined(separator: ",") + "}"
        case .string(let text): JSONValue.canonicalString(text)
        // Integers that a double cannot hold are written like the double they are read as (RFC 8785 §3.2.2.3).
        case .integer(let value) where abs(value) > 1 << 53: JSONValue.ecmaScript(Double(value))
        case .number(let value): JSONValue.ecmaScript(value)
        case .null, .bool, .integer: text
        }
    }

    /// RFC 8785 §3.2.2.2: the short escapes where there are some, `\u00xx` for other controls, nothing else escaped.
    private static func canonicalString(_ text: String) -> String {
        let needsEscape = text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
        guard needsEscape else { return "\"\(text)\"" }
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\u{8}": escaped += "\\b"
            case "\t": escaped += "\\t"
            case "\n": escaped += "\\n"
            case "\u{C}": escaped += "\\f"
            case "\r": escaped += "\\r"
            case "\u{0}"..<"\u{20}":
                let hex = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }

    /// `Number::toString` (ECMA-262 §6.1.6.1.20): the shortest digits that read back as the number.
    private static func ecmaScript(_ value: Double) -> String {
        if value == 0 { return "0" }
        if value < 0 { return "-" + ecmaScript(-value) }
        let parts = "\(value)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        var digits = String(mantissa[0]) + fraction
        var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        let leading = digits.prefix { $0 == "0" }.count
        digits.removeFirst(leading)
        point -= leading
        while digits.hasSuffix("0") { digits.removeLast() }
        let count = digits.count
        switch point {
        case count... where point <= 21: return digits + String(repeating: "0", count: point - count)
        case 1...21: return digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0: return "0." + String(repeating: "0", count: -point) + digits
        default:
            let exponent = point - 1
            let tail = count == 1 ? "" : "." + digits.dropFirst()
            return "\(digits.prefix(1))\(tail)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
        }
    }
}
