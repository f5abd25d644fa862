import CivilTime
import ErrandCore

/// One row of a result, read column by column from the left.
public struct SQLRow {
    private let columns: any SQLColumns
    private var position = 0

    public init(_ values: [SQLValue]) {
        columns = ReadColumns(values: values)
    }

    /// A row whose columns are read when they are asked for: only as long as they are there.
    package init(_ columns: any SQLColumns) {
        self.columns = columns
    }

    /// All columns.
    public var values: [SQLValue] { (0..<columns.count).map { columns.value(at: $0) } }

    private mutating func next() -> SQLValue? {
        defer { position += 1 }
        return position < columns.count ? columns.value(at: position) : nil
    }

    /// What to throw about the column that was read last.
    func damaged(_ expected: String) -> SQLError {
        SQLError(kind: .damaged, code: 0, message: "column \(position) is not \(expected)")
    }
}

extension SQLRow {
    package mutating func integer() throws(SQLError) -> Int64 {
        guard case .integer(let value) = next() else { throw damaged("an integer") }
        return value
    }

    mutating func optionalInteger() throws(SQLError) -> Int64? {
        switch next() {
        case .null: return nil
        case .integer(let value): return value
        default: throw damaged("an integer or null")
        }
    }

    mutating func text() throws(SQLError) -> String {
        guard case .text(let value) = next() else { throw damaged("text") }
        return value
    }

    mutating func optionalText() throws(SQLError) -> String? {
        switch next() {
        case .null: return nil
        case .text(let value): return value
        default: throw damaged("text or null")
        }
    }

    mutating func blob() throws(SQLError) -> [UInt8] {
        guard case .blob(let bytes) = next() else { throw damaged("a blob") }
        return bytes
    }

    mutating func instant() throws(SQLError) -> Instant { Instant(milliseconds: try integer()) }

    mutating func optionalInstant() throws(SQLError) -> Instant? {
        try optionalInteger().map { Instant(milliseconds: $0) }
    }

    mutating func count() throws(SQLError) -> Int { Int(try integer()) }

    /// A value that is kept as its text: an id, a date, a zone.
    mutating func parsed<Value>(_ parse: (String) -> Value?) throws(SQLError) -> Value {
        guard let value = parse(try text()) else { throw damaged("a valid \(Value.self)") }
        return value
    }

    mutating func id<Entity>() throws(SQLError) -> ID<Entity> {
        try parsed { ID<Entity>($0) }
    }

    mutating func json() throws(SQLError) -> JSONValue {
        try parsed { try? JSONValue.parse($0) }
    }
}

/// Where the columns of a row are.
package protocol SQLColumns {
    var count: Int { get }
    /// - Parameter index: from 0, below ``count``.
    func value(at index: Int) -> SQLValue
}

private struct ReadColumns: SQLColumns {
    let values: [SQLValue]

    var count: Int { values.count }

    func value(at index: Int) -> SQLValue { values[index] }
}
