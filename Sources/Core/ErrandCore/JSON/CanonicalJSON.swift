extension JSONValue {
    /// The value in the JSON Canonicalization Scheme (RFC 8785): one text for one value, the same everywhere.
    /// Members are sorted by the UTF-16 code units of their names, numbers written as ECMAScript does.
    public var canonicalText: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        writeCanonical(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func writeCanonical(to bytes: inout [UInt8]) {
        switch self {
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.writeCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            let members = object.members.sorted { JSONValue.precedes($0.name, $1.name) }
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONValue.writeCanonical(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.writeCanonical(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .string(let text): JSONValue.writeCanonical(text, to: &bytes)
        // Integers that a double cannot hold are written like the double they are read as (RFC 8785 §3.2.2.3).
        case .integer(let value) where value.magnitude > 1 << 53: bytes += JSONValue.ecmaScript(Double(value)).utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): bytes += JSONValue.ecmaScript(value).utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .null: bytes += "null".utf8
        }
    }

    /// By UTF-16 code units, which is by bytes as long as there is nothing beyond U+D7FF.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left, right)
        let byBytes = left.withUTF8 { left in
            right.withUTF8 { right -> Bool? in
                for (one, other) in zip(left, right) {
                    if one >= 0xED || other >= 0xED { return nil }
                    if one != other { return one < other }
                }
                return left.count < right.count
            }
        }
        return byBytes ?? left.utf16.lexicographicallyPrecedes(right.utf16)
    }

    /// RFC 8785 §3.2.2.2: the short escapes where there are some, `\u00xx` for other controls, nothing else escaped.
    private static func writeCanonical(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        if bytes.appendPlain(json: text) { return }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20: bytes += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
            default: bytes.append(byte)
            }
        }
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
