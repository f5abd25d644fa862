/// A statement that failed, with the evidence and without the data: arguments stay out of logs.
public struct SQLError: Error, Hashable, Sendable {
    public enum Kind: String, Sendable {
        /// A row with this key exists.
        case uniqueViolation = "unique_violation"
        /// Two transactions were in each other's way; run again, this one may succeed.
        case conflict
        /// Another process holds the database.
        case busy
        /// A stored value is not what the schema promises.
        case damaged
        /// More calls wait than the database will serve in time.
        case overloaded
        /// The connection to the database is lost, or there is none.
        case unreachable
        /// The database is closed or closing.
        case closed
        case other
    }

    public let kind: Kind
    /// The database's own code; 0 where it has none.
    public let code: Int
    public let message: String
    public internal(set) var sql: String

    public init(kind: Kind, code: Int, message: String, sql: String = "") {
        self.kind = kind
        self.code = code
        self.message = message
        self.sql = sql
    }
}

extension SQLError: CustomStringConvertible {
    public var description: String {
        sql.isEmpty ? "\(kind.rawValue) (\(code)): \(message)" : "\(kind.rawValue) (\(code)): \(message), in: \(sql)"
    }
}
