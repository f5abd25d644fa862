/// A module, taken apart at what ties it to others (ECMA-262 §16.2): only forms that can be moved into one file with
/// others without a change of meaning.
struct ModuleText {
    /// What an `import` declaration brings, as the left side of a `const`.
    struct Import {
        let path: String
        /// `{ a, b: c }`, or the name of all of it; nil where it only has to run.
        let pattern: String?
        /// What it is called there.
        var names: [String] = []
    }

    enum Piece {
        case text(ArraySlice<UInt8>)
        case take(Import)
        /// `import("…")` of the module at a path, which comes later.
        case load(String)
    }

    private(set) var pieces: [Piece] = []
    /// The names that others can take.
    private(set) var exports: [String] = []
    /// It waits for something before others can use it.
    private(set) var isWaiting = false

    private let path: String
    private let bytes: [UInt8]
    /// Up to where `bytes` is in `pieces`.
    private var done = 0

    /// The modules that have to run before this one, in their order.
    var needed: [String] {
        pieces.compactMap { if case .take(let one) = $0 { one.path } else { nil } }
    }

    /// - Returns: nil for what ``Lean`` doubts, and for forms that cannot be moved: names that are set again after
    ///   they were exported, `default`, `*` of another module, attributes, addresses that are not relative.
    init?(_ source: [UInt8], path: String) {
        var reader = ScriptReader(source)
        guard let bytes = reader.read() else { return nil }
        (self.bytes, self.path) = (bytes, path)
        for mark in reader.marks {
            switch mark.word {
            case "await": if mark.isOutermost { isWaiting = true }
            case "import":
                let isDeclaration = mark.isOutermost && mark.isFirst
                guard isDeclaration ? take(mark.offset) : load(mark.offset) else { return nil }
            default: guard mark.isOutermost, mark.isFirst, give(mark.offset) else { return nil }
            }
        }
        pieces.append(.text(bytes[done...]))
    }

    // MARK: Forms

    /// `import { a, b as c } from "…";`, `import * as a from "…";`, `import "…";`; or `import("…")` at a line's start.
    private mutating func take(_ offset: Int) -> Bool {
        if bytes.dropFirst(offset + 6).first == Byte.open { return load(offset) }
        guard let statement = statement(offset), let from = address(statement.last) else { return false }
        let words = statement.dropLast()
        var one = Import(path: from, pattern: nil)
        switch words.count {
        case 1: break
        case 5 where words[1] == "*" && words[2] == "as" && words[4] == "from":
            one = Import(path: from, pattern: words[3])
        default:
            guard words.last == "from", let names = names(words.dropFirst().dropLast()) else { return false }
            one = Import(path: from, pattern: ModuleText.pattern(names), names: names.map(\.name))
        }
        pieces.append(.take(one))
        return true
    }

    /// `import("…")`.
    private mutating func load(_ offset: Int) -> Bool {
        let rest = bytes[(offset + 6)...]
        guard rest.first == Byte.open, let end = rest.firstIndex(of: Byte.close),
            let target = address(String(decoding: rest[(offset + 7)..<end], as: UTF8.self))
        else { return false }
        copy(to: offset, upTo: end + 1)
        pieces.append(.load(target))
        return true
    }

    /// `export` before a declaration that never changes; `export { a, b as c };`, also of another module.
    private mutating func give(_ offset: Int) -> Bool {
        let head = bytes[(offset + 7)...].prefix { $0 != Byte.newline }.prefix(200)
        let words = String(decoding: head, as: UTF8.self).split {
            !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "$"
        }
        if head.first == Byte.openBrace { return giveList(offset) }
        let kinds: [[Substring]] = [["async", "function"], ["function"], ["class"], ["const"]]
        guard let kind = kinds.first(where: { words.starts(with: $0) }), words.count > kind.count,
            // No pattern stands before the name.
            !head.prefix(while: { $0 != UInt8(ascii: "=") && $0 != Byte.open }).contains(where: ModuleText.isBracket)
                || kind == ["class"]
        else { return false }
        copy(to: offset, upTo: offset + 7)
        exports.append(String(words[kind.count]))
        return true
    }

    private mutating func giveList(_ offset: Int) -> Bool {
        guard let statement = statement(offset) else { return false }
        let isOthers = statement.dropLast().last == "from"
        let list = statement.dropFirst().dropLast(isOthers ? 2 : 0)
        guard let names = names(list) else { return false }
        if isOthers {
            guard let from = address(statement.last) else { return false }
            pieces.append(.take(Import(path: from, pattern: ModuleText.pattern(names), names: names.map(\.name))))
            exports += names.map(\.other)
        } else {
            guard names.allSatisfy({ $0.name == $0.other }) else { return false }
            exports += names.map(\.name)
        }
        return true
    }

    // MARK: Words

    /// The words and signs from `offset` to the semicolon, which is left out of what follows with them.
    private mutating func statement(_ offset: Int) -> [String]? {
        guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: ";")), end - offset < 4_000 else { return nil }
        copy(to: offset, upTo: end + 1)
        var words: [String] = []
        var word = ""
        for character in String(decoding: bytes[offset..<end], as: UTF8.self) {
            let isSign = character == "{" || character == "}" || character == ","
            if isSign || character.isWhitespace {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isSign { words.append(String(character)) } else if !character.isWhitespace { word.append(character) }
        }
        return word.isEmpty ? words : words + [word]
    }

    /// Of `{ a, b as c, }`: a as a, b as c.
    private func names(_ words: some Collection<String>) -> [(name: String, other: String)]? {
        guard words.first == "{", Array(words).last == "}" else { return nil }
        var names: [(name: String, other: String)] = []
        for part in words.dropFirst().dropLast().split(separator: ",") {
            let part = Array(part)
            switch part.count {
            case 1: names.append((part[0], part[0]))
            case 3 where part[1] == "as": names.append((part[0], part[2]))
            default: return nil
            }
        }
        let isPlain = names.allSatisfy { $0.name != "default" && $0.other != "default" }
        return isPlain && names.allSatisfy { ($0.name + $0.other).utf8.allSatisfy(Byte.isWord) } ? names : nil
    }

    private static func pattern(_ names: [(name: String, other: String)]) -> String {
        "{ " + names.map { $0.name == $0.other ? $0.name : "\($0.name): \($0.other)" }.joined(separator: ", ") + " }"
    }

    private func address(_ literal: String?) -> String? {
        guard let literal, literal.count > 2, literal.hasPrefix("\""), literal.hasSuffix("\"") else { return nil }
        let specifier = literal.dropFirst().dropLast()
        return specifier.contains("\\") || specifier.contains("\"")
            ? nil : ModulePath.resolve(String(specifier), from: path)
    }

    private static func isBracket(_ byte: UInt8) -> Bool { byte == Byte.openBrace || byte == Byte.openBracket }

    /// What stands before `offset` is kept, what stands up to `end` has another piece in its place.
    private mutating func copy(to offset: Int, upTo end: Int) {
        pieces.append(.text(bytes[done..<offset]))
        done = end
    }
}
