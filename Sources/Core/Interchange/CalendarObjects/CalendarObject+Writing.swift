/// Properties that tell the same of a task together: a program's own spelling of them is kept or replaced as a whole.
public enum CalendarPart: CaseIterable, Sendable {
    case title, description, tags, priority
    /// When it is due and how it comes again.
    case dates
    /// Whether it is done.
    case status
    case reminders

    fileprivate var properties: Set<String> {
        switch self {
        case .title: ["SUMMARY"]
        case .description: ["DESCRIPTION"]
        case .tags: ["CATEGORIES"]
        case .priority: ["PRIORITY"]
        case .dates:
            [
                "DTSTART", "DUE", "DURATION", "RRULE", "EXDATE", "RDATE", "EXRULE", "X-ERRAND-RRULE", "X-ERRAND-START",
                "X-ERRAND-ANCHOR", "X-ERRAND-RECURRENCE",
            ]
        case .status: ["STATUS", "COMPLETED", "PERCENT-COMPLETE"]
        case .reminders: []
        }
    }
}

extension CalendarObject {
    /// A task as an object that no program has written to yet.
    public init(_ task: PortableTask, _ options: WriterOptions) throws(TaskFileError) {
        var writer = ICalendarWriter(options)
        try self.init(writer.head() + writer.text(of: task) + writer.tail())
    }

    /// This object as it is about another task now: everything that Errand does not know stays.
    ///
    /// - Parameter uid: of the other task.
    public func carried(to uid: String) throws(TaskFileError) -> CalendarObject {
        var root = root
        root.parts = root.parts.filter { part in
            if case .block(let block) = part { !block.isReplacement } else { true }
        }
        root.edit("VTODO") { block in
            block.replace(properties: ["UID"], blocks: [], by: [.line(name: "UID", text: Self.line("UID", uid))])
        }
        return try CalendarObject(Self.text(root))
    }

    /// The text of this object with some parts told as `other` tells them, and everything else as it is.
    public func text(taking parts: Set<CalendarPart>, from other: CalendarObject) -> [UInt8] {
        if parts.isEmpty { return text }
        var root = root
        guard let source = other.root.blocks.first(where: { $0.name == "VTODO" }) else { return text }
        if parts.contains(.dates) {
            // Occurrences of their own are those of the dates before.
            let zones = other.root.parts.filter { if case .block(let block) = $0 { block.isZone } else { false } }
            root.parts = root.parts.filter { part in
                if case .block(let block) = part { !block.isReplacement && !block.isZone } else { true }
            }
            let place = root.parts.firstIndex { if case .block = $0 { true } else { false } } ?? root.parts.endIndex
            root.parts.insert(contentsOf: zones, at: place)
        }
        var names: Set<String> = ["DTSTAMP", "LAST-MODIFIED"]
        for part in parts { names.formUnion(part.properties) }
        let blocks: Set<String> = parts.contains(.reminders) ? ["VALARM"] : []
        root.edit("VTODO") { block in
            if block.isReplacement { return }
            block.replace(properties: names, blocks: blocks, by: source.parts)
        }
        return Self.text(root)
    }

    static func text(_ root: CalendarBlock) -> [UInt8] {
        var text = ContentLineText()
        root.write(to: &text)
        return text.bytes
    }

    private static func line(_ name: String, _ value: String) -> [UInt8] {
        Array("\(name):\(ICalendarValue.escaped(value))".utf8)
    }
}

extension CalendarBlock {
    var isReplacement: Bool { name == "VTODO" && has("RECURRENCE-ID") }
    var isZone: Bool { name == "VTIMEZONE" }

    fileprivate mutating func edit(_ name: String, _ change: (inout CalendarBlock) -> Void) {
        for (place, part) in parts.enumerated() {
            guard case .block(var block) = part, block.name == name else { continue }
            change(&block)
            parts[place] = .block(block)
        }
    }

    /// Properties and components of these names as they are among `others`.
    fileprivate mutating func replace(properties: Set<String>, blocks: Set<String>, by others: [Part]) {
        func isMeant(_ part: Part) -> Bool {
            switch part {
            case .line(let name, _): properties.contains(name)
            case .block(let block): blocks.contains(block.name)
            }
        }
        let kept = parts.filter { !isMeant($0) }
        let new = others.filter(isMeant)
        let lines = (kept + new).filter { if case .line = $0 { true } else { false } }
        parts = lines + (kept + new).filter { if case .block = $0 { true } else { false } }
    }
}
