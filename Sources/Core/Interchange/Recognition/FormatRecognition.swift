/// Tells formats apart by how files of them begin.
struct FormatRecognition {
    /// Octets from the beginning that are looked at.
    private static let sampleSize = 65_536
    /// Lines that are looked at.
    private static let linesMax = 200

    private let text: [UInt8]
    /// Whether the beginning is text at all.
    private let isText: Bool
    /// What follows the last dot of the name, in small letters.
    private let ending: String
    private let name: String

    init(_ bytes: [UInt8], name: String?) {
        // An even number, so that UTF-16 is not cut within a unit.
        let sample = Array(bytes.prefix(Self.sampleSize))
        let decoded = try? TextDecoding.utf8(Self.wholeScalars(sample, isCut: bytes.count > sample.count))
        text = decoded ?? []
        isText = decoded != nil
        self.name = (name ?? "").lowered
        ending = self.name.split(separator: ".").dropFirst().last.map(String.init) ?? ""
    }

    var format: TaskFileFormat? {
        // Whoever reads it says where it is no text.
        if !isText { return ofName }
        let start = text.trimmed
        guard let first = start.first else { return nil }
        if String(text: start.prefix(15)).lowered == "begin:vcalendar" { return .ical }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            // Markdown and todo.txt may begin with a bracket too.
            if let format = ofJSON ?? ofName { return format }
        }
        return ofTable ?? ofName ?? ofLines
    }

    private var ofJSON: TaskFileFormat? {
        let lines = String(text: text).split { $0 == " " || $0.isNewline || $0 == "\t" }.joined()
        func has(_ names: String...) -> Bool { names.allSatisfy { lines.contains("\"\($0)\":") } }
        if lines.hasPrefix("{"), lines.contains("\"format\":\"errand\"") { return .json }
        if has("description", "entry", "status", "uuid") { return .taskwarrior }
        if lines.hasPrefix("["), has("title", "hex_color") { return .vikunja }
        if has("wellknownListName") || has("title", "status", "importance") { return .microsoftToDo }
        return nil
    }

    private var ofTable: TaskFileFormat? {
        if String(text: text).contains("\"Folder Name\",\"List Name\",\"Title\"") { return .ticktick }
        guard let scanner = try? CSVScanner(TextFile(utf8: text)), let header = try? scanner.peek(),
            header.fields.count > 1
        else { return nil }
        let names = Set(header.fields.map { $0.trimmed.lowered })
        if names.isSuperset(of: ["type", "content", "priority", "indent"]) { return .todoist }
        if names.isSuperset(of: ["list name", "title", "taskid"]) { return .ticktick }
        let known = names.compactMap(CSVColumn.named)
        // A heading of a text may be a word that is a column too; two of them are none.
        return known.contains(.title) && known.count > 1 ? .csv : nil
    }

    private var ofName: TaskFileFormat? {
        switch ending {
        case "csv", "tsv": .csv
        case "ics", "ical", "icalendar", "ifb": .ical
        case "md", "markdown": .markdown
        case "txt" where !isChecklist: .todotxt
        default: nil
        }
    }

    private var ofLines: TaskFileFormat? {
        if isChecklist { return .markdown }
        var scanner = LineScanner(text)
        while let line = scanner.next(), scanner.line <= Self.linesMax {
            let (bytes, date) = (Array(line.prefix(4)), String(text: line.dropFirst(2).prefix(4)))
            if bytes.count == 4, bytes[0] == UInt8(ascii: "("), (0x41...0x5A).contains(bytes[1]),
                bytes[2] == UInt8(ascii: ")"), bytes[3] == .space
            {
                return .todotxt
            }
            if bytes.starts(with: "x ".utf8), date.count == 4, date.utf8.allSatisfy(\.isDigit) { return .todotxt }
        }
        return nil
    }

    private var isChecklist: Bool {
        var scanner = LineScanner(text)
        while let line = scanner.next(), scanner.line <= Self.linesMax {
            if ChecklistItem(line) != nil { return true }
        }
        return false
    }

    /// Without a code point that the sample was cut within, which would make UTF-8 look like something else.
    private static func wholeScalars(_ bytes: [UInt8], isCut: Bool) -> [UInt8] {
        guard isCut, let start = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }), bytes.count - start <= 4,
            bytes[start] >= 0xC0
        else { return bytes }
        let whole = Array(bytes[..<start])
        return String(validating: whole, as: UTF8.self) == nil ? bytes : whole
    }
}
