import CLibpq
import SQLStore

/// What a statement came to; freed with the last reference to it.
final class PostgresResult {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var rowCount: Int32 { PQntuples(pointer) }

    /// Rows that the statement inserted, changed or removed.
    var rowsChanged: Int {
        let text = String(cString: PQcmdTuples(pointer))
        return Int(text) ?? 0
    }

    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    func row(_ index: Int32) throws(SQLError) -> SQLRow {
        var values: [SQLValue] = []
        for column in 0..<PQnfields(pointer) { values.append(try value(index, column)) }
        return SQLRow(values)
    }

    /// Binary formats of the types that the store reads; object ids from the catalogue `pg_type`.
    private func value(_ row: Int32, _ column: Int32) throws(SQLError) -> SQLValue {
        if PQgetisnull(pointer, row, column) == 1 { return .null }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(pointer, row, column), count: Int(PQgetlength(pointer, row, column))
        )
        switch PQftype(pointer, column) {
        case 20, 21, 23:
            // int8, int2, int4: big-endian two's complement.
            var number: Int64 = bytes.first.map { $0 & 0x80 != 0 } == true ? -1 : 0
            for byte in bytes { number = number << 8 | Int64(byte) }
            return .integer(number)
        case 18, 19, 25, 1042, 1043: return .text(String(decoding: bytes, as: UTF8.self))
        case 17: return .blob(Array(bytes))
        case 701:
            var bits: UInt64 = 0
            for byte in bytes { bits = bits << 8 | UInt64(byte) }
            return .real(Double(bitPattern: bits))
        // void, of functions that are called for what they do.
        case 2278: return .null
        case let type:
            throw SQLError(kind: .damaged, code: 0, message: "column \(column + 1) is of the unknown type \(type)")
        }
    }

    /// The failure without its detail, which may quote values.
    func error(sql: String, isConnected: Bool) -> SQLError {
        let state = field("C")
        let message = field("M")
        return SQLError(
            kind: PostgresResult.kind(ofState: state, isConnected), code: 0,
            message: state.isEmpty ? message : "\(state): \(message)", sql: sql
        )
    }

    /// <https://www.postgresql.org/docs/current/libpq-exec.html#LIBPQ-PQRESULTERRORFIELD>
    private func field(_ name: Unicode.Scalar) -> String {
        PQresultErrorField(pointer, Int32(name.value)).map { String(cString: $0) } ?? ""
    }

    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    private static func kind(ofState state: String, _ isConnected: Bool) -> SQLError.Kind {
        switch state {
        case "23505": .uniqueViolation
        // Serialisation failure, deadlock.
        case "40001", "40P01": .conflict
        // Cancelled by a timeout, lock not available.
        case "57014", "55P03": .busy
        // Too many connections, shutting down, starting up, read-only after a failover.
        case "53300", "57P01", "57P02", "57P03", "25006": .unreachable
        case _ where state.hasPrefix("08") || !isConnected: .unreachable
        default: .other
        }
    }
}
