/// A table whose columns are known by the names of one program.
struct NamedTable {
    private var scanner: CSVScanner
    private let places: [String: Int]
    private(set) var record = CSVScanner.Record(fields: [], line: 1)
    let names: Set<String>

    /// Goes on to the record that has all of `needed`, in small letters; what comes before it is passed over.
    ///
    /// - Throws: where there is none.
    init(_ text: TextFile, needed: [String]) throws(TaskFileError) {
        var scanner = try CSVScanner(text)
        while let record = try scanner.next() {
            let names = record.fields.map { $0.trimmed.lowered }
            guard needed.allSatisfy(names.contains) else { continue }
            var places: [String: Int] = [:]
            for (place, name) in names.enumerated() where places[name] == nil { places[name] = place }
            (self.scanner, self.places, self.names) = (scanner, places, Set(names))
            return
        }
        let columns = needed.joined(separator: ", ")
        throw TaskFileError(line: 1, "There is no line of column names with \(columns).")
    }

    /// Goes on to the next record that is not empty.
    mutating func next() throws(TaskFileError) -> Bool {
        while let record = try scanner.next() {
            if record.isEmpty { continue }
            self.record = record
            return true
        }
        return false
    }

    /// What stands in the column of that name, in small letters; empty where it or the cell is missing.
    subscript(name: String) -> String {
        guard let place = places[name], place < record.fields.count else { return "" }
        return FormulaGuard.withoutApostrophe(record.fields[place])
    }
}
