import Interchange

/// Reads the tasks of Errand's own export one by one, wherever in the document its members stand.
struct ExportReader {
    /// Of the document that is written and read here.
    static let version: Int64 = 1

    private enum Place {
        case start, tasks, end
    }

    private var parser: JSONParser
    private var place = Place.start
    private var position = FilePosition()
    private var names: Set<String> = []
    private var isFirst = true

    init(_ bytes: [UInt8]) {
        parser = JSONParser(bytes: bytes)
    }

    /// - Returns: the next task as the document has it, and the line on which it begins; nil after the last one.
    /// - Throws: what makes the document unreadable, or another one than ours.
    mutating func next() throws(TaskFileError) -> (task: JSONValue, line: Int)? {
        do throws(JSONError) {
            if place == .start { place = try readHead() ? .tasks : .end }
            guard place == .tasks else { return nil }
            parser.skipWhiteSpace()
            if parser.take("]") {
                place = try readMembers() ? .tasks : .end
                if place == .tasks { throw parser.error("repeated member name") }
                return nil
            }
            if !isFirst {
                guard parser.take(",") else { throw parser.error("expected ',' or ']'") }
                parser.skipWhiteSpace()
            }
            isFirst = false
            position.move(to: parser.index, in: parser.bytes)
            return (try parser.parseValue(depth: 2), position.line)
        } catch {
            position.move(to: error.offset, in: parser.bytes)
            throw TaskFileError(line: position.line, column: position.column, "Is no JSON here: \(error.reason).")
        }
    }

    /// - Returns: false where there are no tasks.
    private mutating func readHead() throws(JSONError) -> Bool {
        // What marks a text as UTF-8.
        if parser.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.skip(3) }
        parser.skipWhiteSpace()
        guard parser.take("{") else { throw parser.error("expected an export of Errand, which is an object") }
        parser.skipWhiteSpace()
        guard !parser.take("}") else { throw parser.error("expected an export of Errand, with format and version") }
        return try readMember() ? true : readMembers()
    }

    /// Reads on to the list of tasks, or to the end.
    ///
    /// - Returns: whether the list was reached.
    private mutating func readMembers() throws(JSONError) -> Bool {
        parser.skipWhiteSpace()
        while parser.take(",") {
            parser.skipWhiteSpace()
            if try readMember() { return true }
            parser.skipWhiteSpace()
        }
        guard parser.take("}") else { throw parser.error("expected ',' or '}'") }
        parser.skipWhiteSpace()
        guard parser.isAtEnd else { throw parser.error("unexpected text after the value") }
        guard names.isSuperset(of: ["format", "version", "tasks"]) else {
            throw parser.error("the document is no export of Errand: it has no format, version or tasks")
        }
        return false
    }

    /// - Returns: whether the list of tasks begins here.
    private mutating func readMember() throws(JSONError) -> Bool {
        let name = try parser.parseName()
        guard names.insert(name).inserted else { throw parser.error("repeated member name") }
        if name == "tasks" {
            guard parser.take("[") else { throw parser.error("expected the list of tasks") }
            return true
        }
        let value = try parser.parseValue(depth: 1)
        if name == "format", value != "errand" { throw parser.error("the document is no export of Errand") }
        if name == "version", value != .integer(ExportReader.version) {
            throw parser.error("version \(ExportReader.version) of the export is read, and no other")
        }
        return false
    }
}

/// A place in a text, counted as people count.
struct FilePosition {
    private var offset = 0
    /// From 1.
    private(set) var line = 1
    /// From 1, in code points.
    private(set) var column = 1

    /// Goes on to an octet that is not before the last one.
    mutating func move(to target: Int, in bytes: [UInt8]) {
        while offset < target, offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if bytes[offset] & 0xC0 != 0x80 {
                column += 1
            }
            offset += 1
        }
    }
}
