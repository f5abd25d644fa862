/// The text of HTML as programs keep it in descriptions: paragraphs, lists with or without boxes, links.
enum PlainHTML {
    /// - Returns: the text itself where no HTML is.
    static func text(_ html: String) -> String {
        let bytes = Array(html.utf8)
        guard let start = bytes.firstIndex(of: .less), bytes[start...].contains(.greater), isMarkup(bytes) else {
            return html
        }
        var reading = HTMLReading(bytes)
        return reading.text()
    }

    /// Whether there is a tag that descriptions have; "a < b" is a text.
    private static func isMarkup(_ bytes: [UInt8]) -> Bool {
        var place = 0
        while place < bytes.count {
            if bytes[place] == .less, let tag = HTMLTag(bytes, at: place), HTMLTag.known.contains(tag.name) {
                return true
            }
            place += 1
        }
        return false
    }
}

/// What stands between `<` and `>`.
private struct HTMLTag {
    let name: String
    let isClosing: Bool
    /// With attributes, as it is written, for what is looked for in it.
    let inner: ArraySlice<UInt8>
    /// Behind the `>`.
    let end: Int

    static let known: Set<String> = [
        "a", "b", "blockquote", "body", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr",
        "html", "i", "img", "input", "label", "li", "ol", "p", "pre", "s", "script", "span", "strong", "style", "table",
        "tbody", "td", "th", "thead", "title", "tr", "u", "ul",
    ]
    private static let lengthMax = 4_000

    /// - Returns: nil where there is no tag, but a `<` of the text.
    init?(_ bytes: [UInt8], at start: Int) {
        var place = start + 1
        isClosing = place < bytes.count && bytes[place] == UInt8(ascii: "/")
        if isClosing { place += 1 }
        let nameStart = place
        while place < bytes.count, place - nameStart < 20, bytes[place].isLetterOrDigit { place += 1 }
        let isComment = bytes[nameStart...].starts(with: "!--".utf8)
        guard place > nameStart || isComment else { return nil }
        name = isComment ? "!--" : String(text: bytes[nameStart..<place]).lowered
        let limit = min(bytes.count, start + Self.lengthMax)
        guard let close = bytes[place..<max(place, limit)].firstIndex(of: .greater) else { return nil }
        inner = bytes[place..<close]
        end = close + 1
    }

    /// The value of an attribute in quotes.
    func attribute(_ name: String) -> String? {
        let text = String(text: inner)
        guard let found = text.firstRange(of: "\(name)=\""), let close = text[found.upperBound...].firstIndex(of: "\"")
        else { return nil }
        return String(text[found.upperBound..<close])
    }
}

private struct HTMLReading {
    private let bytes: [UInt8]
    private var place = 0
    private var out: [UInt8] = []
    private var link: String?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        out.reserveCapacity(bytes.count)
    }

    mutating func text() -> String {
        while place < bytes.count {
            let byte = bytes[place]
            if byte == .less, let tag = HTMLTag(bytes, at: place) {
                place = tag.end
                read(tag)
            } else if byte == .ampersand, let (text, end) = Self.entity(bytes, at: place) {
                out += text
                place = end
            } else if byte.isBlank || byte.isBreak {
                space()
                place += 1
            } else {
                out.append(byte)
                place += 1
            }
        }
        return String(text: out).trimmed
    }

    private mutating func space() {
        if let last = out.last, !last.isBlank, !last.isBreak { out.append(.space) }
    }

    /// So many line breaks at least, none at the beginning.
    private mutating func breaks(_ count: Int) {
        while out.last?.isBlank == true { out.removeLast() }
        guard !out.isEmpty else { return }
        let there = out.suffix(count).reversed().prefix { $0 == .lineFeed }.count
        for _ in there..<max(there, count) { out.append(.lineFeed) }
    }

    private mutating func read(_ tag: HTMLTag) {
        switch (tag.name, tag.isClosing) {
        case ("br", _): breaks(out.last == .lineFeed ? 2 : 1)
        case ("li", false): beginItem(tag)
        case ("li", true), ("tr", _), ("div", _): breaks(1)
        case ("td", true), ("th", true): space()
        case ("p", _):
            // Items of lists have paragraphs within them, on the line of their sign.
            if !endsWithSign { breaks(isInItem ? 1 : 2) }
        case ("ul", _), ("ol", _), ("blockquote", _), ("pre", _), ("h1", _), ("h2", _), ("h3", _), ("h4", _),
            ("h5", _), ("h6", _), ("table", _), ("hr", _):
            itemDepth += tag.name == "ul" || tag.name == "ol" ? (tag.isClosing ? -1 : 1) : 0
            itemDepth = max(itemDepth, 0)
            breaks(itemDepth > 0 ? 1 : 2)
        case ("a", false): link = tag.attribute("href")
        case ("a", true):
            let address = Array((link ?? "").utf8)
            if !address.isEmpty, !out.suffix(address.count).elementsEqual(address) {
                out += " (".utf8 + address + ")".utf8
            }
            link = nil
        case ("script", false), ("style", false), ("head", false), ("title", false): skip(to: tag.name)
        case ("!--", _), (_, _): break
        }
    }

    private var itemDepth = 0
    private var isInItem: Bool { itemDepth > 0 }
    private var endsWithSign: Bool { out.suffix(2).elementsEqual("- ".utf8) || out.suffix(2).elementsEqual("] ".utf8) }

    private mutating func beginItem(_ tag: HTMLTag) {
        breaks(1)
        for _ in 1..<max(min(itemDepth, 10), 1) { out += "  ".utf8 }
        switch tag.attribute("data-checked") {
        case "true": out += "- [x] ".utf8
        case "false": out += "- [ ] ".utf8
        default: out += "- ".utf8
        }
    }

    /// Passes over what nobody reads.
    private mutating func skip(to name: String) {
        while place < bytes.count {
            if bytes[place] == .less, let tag = HTMLTag(bytes, at: place), tag.isClosing, tag.name == name {
                place = tag.end
                return
            }
            place += 1
        }
    }

    private static let names: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
        "eacute": "é", "egrave": "è", "euro": "€",
    ]

    private static func entity(_ bytes: [UInt8], at start: Int) -> (text: [UInt8], end: Int)? {
        guard let end = bytes[start..<min(bytes.count, start + 12)].firstIndex(of: .semicolon) else { return nil }
        let name = String(text: bytes[(start + 1)..<end])
        if let text = names[name] { return (Array(text.utf8), end + 1) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, number > 0, let scalar = Unicode.Scalar(number) else { return nil }
        return (Array(String(Character(scalar)).utf8), end + 1)
    }
}

extension UInt8 {
    fileprivate static let less = UInt8(ascii: "<")
    fileprivate static let greater = UInt8(ascii: ">")
    fileprivate static let ampersand = UInt8(ascii: "&")

    fileprivate var isLetterOrDigit: Bool { isDigit || (0x61...0x7A).contains(self | 0x20) }
}
