/// Which columns a table has, and where.
struct CSVHeading {
    /// By the index of the column in ``CSVColumn/allCases``.
    private var places: [Int?]
    /// Every column whose words are tags.
    private(set) var tagPlaces: [Int] = []
    /// Names that mean nothing here.
    private(set) var unknown: [String] = []
    let count: Int
    let line: Int

    /// - Throws: where there is no column for titles.
    init(_ record: CSVScanner.Record) throws(TaskFileError) {
        places = Array(repeating: nil, count: CSVColumn.allCases.count)
        (count, line) = (record.fields.count, record.line)
        let columns = record.fields.map(CSVColumn.named)
        for (place, name) in record.fields.enumerated() {
            guard let column = columns[place] else {
                if !name.trimmed.isEmpty { unknown.append(name.trimmed) }
                continue
            }
            // Our own name of a column goes before what others call it.
            let isOwn = name.trimmed.lowered == column.rawValue
            if column == .tags {
                tagPlaces.append(place)
            } else if isOwn || places[column.index] == nil {
                places[column.index] = place
            }
        }
        guard places[CSVColumn.title.index] != nil else {
            let detail = "There is no column called title (or name, task, subject), so no task can be read."
            throw TaskFileError(line: record.line, column: 1, detail)
        }
    }

    /// Whether Errand wrote the table.
    var isOwn: Bool { has(.recurrenceAnchor) && has(.inTrash) }

    func has(_ column: CSVColumn) -> Bool { places[column.index] != nil }

    /// What stands in the column; empty where it or the cell is missing.
    func value(_ column: CSVColumn, of record: CSVScanner.Record) -> String {
        guard let place = places[column.index], place < record.fields.count else { return "" }
        return FormulaGuard.withoutApostrophe(record.fields[place])
    }
}

extension CSVColumn {
    /// In the order of ``allCases``.
    fileprivate var index: Int {
        switch self {
        case .id: 0
        case .title: 1
        case .description: 2
        case .priority: 3
        case .tags: 4
        case .dueDate: 5
        case .dueTime: 6
        case .dueZone: 7
        case .recurrence: 8
        case .recurrenceAnchor: 9
        case .recurrenceStart: 10
        case .exdates: 11
        case .reminders: 12
        case .completed: 13
        case .completedAt: 14
        case .createdAt: 15
        case .updatedAt: 16
        case .inTrash: 17
        }
    }
}
