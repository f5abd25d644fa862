/// A line by its UTF-16 code units, as browsers count.
struct LineText {
    private let units: [UInt16]

    init(_ text: String) {
        units = Array(text.utf16)
    }

    subscript(range: Range<Int>) -> String {
        String(decoding: units[range.clamped(to: 0..<units.count)], as: UTF16.self)
    }

    /// The text without these pieces, its white space made single, and no marks left hanging.
    func without(_ ranges: [Range<Int>]) -> String {
        if ranges.isEmpty { return LineText.collapsed(self[0..<units.count]) }
        var kept = ""
        var place = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= place {
            kept += self[place..<range.lowerBound]
            // Keeps words apart that only the piece kept apart, but not a mark from its word.
            place = range.upperBound
        }
        kept += self[place..<units.count]
        var title = LineText.collapsed(kept)
        // A dash that stood between the title and what was cut out.
        for dash in ["- ", "– ", "— "] where title.hasPrefix(dash) { title.removeFirst(2) }
        for dash in [" -", " –", " —"] where title.hasSuffix(dash) { title.removeLast(2) }
        // Most titles have none of these signs, and looking for pairs of them is slow.
        if title.utf8.contains(where: { ",.;)".utf8.contains($0) }) {
            for (hanging, mended) in [(" ,", ","), (",,", ","), ("( )", ""), ("()", ""), (" .", "."), (" ;", ";")] {
                if title.contains(hanging) { title = title.replacing(hanging, with: mended) }
            }
        }
        return LineText.collapsed(LineText.trimmed(title))
    }

    private static func collapsed(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 >= 0x20 }
        if isPlain { return text.utf8.split(separator: 0x20).map { String(Substring($0)) }.joined(separator: " ") }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Commas and the like at either end were between the title and what was cut out.
    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, ",;:".contains(first) || first == " " { rest.removeFirst() }
        while let last = rest.last, ",;:".contains(last) || last == " " { rest.removeLast() }
        return String(rest)
    }
}
