import CivilTime
import ErrandCore

/// What goes into a statement and comes out of a row.
public enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    /// One column of many rows, for databases that have arrays; see ``SQLDialect/rows(of:)``.
    case integers([Int64?])
    case texts([String?])
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .text(value) }
}

extension SQLValue {
    /// Whether a row that has the one need not be given the other. Texts are compared by their bytes: spellings of
    /// one character that Swift holds for equal are kept as they were typed.
    func isSame(as other: SQLValue) -> Bool {
        if case .text(let text) = self, case .text(let otherText) = other {
            return text.utf8.elementsEqual(otherText.utf8)
        }
        return self == other
    }

    /// Lower-case UUID text.
    static func id<Entity>(_ id: ID<Entity>) -> SQLValue { .text(id.description) }

    /// UTC milliseconds.
    static func instant(_ instant: Instant?) -> SQLValue { instant.map { .integer($0.milliseconds) } ?? .null }

    static func optional(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    static func count(_ value: Int) -> SQLValue { .integer(Int64(value)) }
}
