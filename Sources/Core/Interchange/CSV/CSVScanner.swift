/// Takes a table apart into records and fields (RFC 4180).
///
/// Fields are separated by commas, semicolons or tabs, whichever the first record has most of; the line `sep=;` that
/// Excel writes says so too. Records end with CRLF, LF or CR. Quotes within a field that does not begin with one are
/// characters like others.
struct CSVScanner {
    struct Record: Hashable {
        var fields: [String]
        /// Where it begins, from 1.
        var line: Int

        /// Whether nothing stands in it: an empty line.
        var isEmpty: Bool { fields.allSatisfy(\.isEmpty) }
    }

    private var window: TextWindow
    private var place = 0
    private var line = 1
    private var lineStart = 0
    private(set) var separator: UInt8 = .comma
    private var columns = 0

    private var text: [UInt8] { window.bytes }

    init(_ file: TextFile) throws(TaskFileError) {
        window = TextWindow(file)
        _ = try window.advance(to: 0)
        if String(text: text.prefix(4)).lowered == "sep=", text.count >= 5, text.dropFirst(5).first?.isBreak ?? true {
            separator = text[4]
            place = 5
            endRecord()
        } else {
            separator = Self.separator(of: text[...])
        }
    }

    /// The next record, which is given again.
    func peek() throws(TaskFileError) -> Record? {
        var copy = self
        return try copy.next()
    }

    /// - Throws: where a quote is never closed, and where a record is longer than ``TextWindow/recordBytesMax``.
    mutating func next() throws(TaskFileError) -> Record? {
        while true {
            let start = (place: place, line: line)
            let record = Result { () throws(TaskFileError) in try nextInWindow() }
            // Where the window ends there may be more of the record, or of its end.
            if place < text.count || window.isLast { return try record.get() }
            let hasMore = try window.advance(to: start.place)
            if !hasMore, !window.isLast {
                if case .failure(let error) = record { throw error }
                let detail = "This row has more than \(TextWindow.recordBytesMax) octets."
                throw TaskFileError(line: start.line, detail)
            }
            (place, line, lineStart) = (0, start.line, 0)
        }
    }

    private mutating func nextInWindow() throws(TaskFileError) -> Record? {
        guard place < text.count else { return nil }
        var record = Record(fields: [], line: line)
        record.fields.reserveCapacity(columns)
        while true {
            record.fields.append(try field())
            guard place < text.count, text[place] == separator else { break }
            place += 1
        }
        endRecord()
        columns = record.fields.count
        return record
    }

    private mutating func field() throws(TaskFileError) -> String {
        if place < text.count, text[place] == .quote { return try quotedField() }
        let start = place
        while place < text.count, text[place] != separator, !text[place].isBreak { place += 1 }
        return start == place ? "" : String(text: text[start..<place])
    }

    private mutating func quotedField() throws(TaskFileError) -> String {
        let (begin, beginLine, beginLineStart) = (place, line, lineStart)
        place += 1
        var start = place
        var parts: [UInt8] = []
        while place < text.count {
            let byte = text[place]
            if byte == .quote {
                guard place + 1 < text.count, text[place + 1] == .quote else {
                    return String(text: closed(parts, from: start))
                }
                parts.append(contentsOf: text[start...place])
                place += 2
                start = place
                continue
            }
            place += 1
            if byte == .lineFeed || byte == .carriageReturn && !(place < text.count && text[place] == .lineFeed) {
                line += 1
                lineStart = place
            }
        }
        let column = text[beginLineStart..<begin].count { $0 & 0xC0 != 0x80 } + 1
        throw TaskFileError(line: beginLine, column: column, "A quote is opened here and never closed.")
    }

    /// What is left of a field at its closing quote, and what stands behind that before the next separator.
    private mutating func closed(_ parts: [UInt8], from start: Int) -> [UInt8] {
        var field = parts
        field.append(contentsOf: text[start..<place])
        place += 1
        while place < text.count, text[place] != separator, !text[place].isBreak {
            field.append(text[place])
            place += 1
        }
        return field
    }

    private mutating func endRecord() {
        guard place < text.count else { return }
        let isReturn = text[place] == .carriageReturn
        place += 1
        if isReturn, place < text.count, text[place] == .lineFeed { place += 1 }
        line += 1
        lineStart = place
    }

    private static func separator(of text: ArraySlice<UInt8>) -> UInt8 {
        var (commas, semicolons, tabs) = (0, 0, 0)
        var isQuoted = false
        scan: for byte in text {
            switch byte {
            case .quote: isQuoted.toggle()
            case .comma where !isQuoted: commas += 1
            case .semicolon where !isQuoted: semicolons += 1
            case .tab where !isQuoted: tabs += 1
            default: break
            }
            if byte.isBreak, !isQuoted { break scan }
        }
        if tabs > commas, tabs >= semicolons { return .tab }
        return semicolons > commas ? .semicolon : .comma
    }
}
