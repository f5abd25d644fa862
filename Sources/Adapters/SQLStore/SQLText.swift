/// A statement under construction: text and the arguments that its parameters stand for.
struct SQLText {
    private(set) var arguments: [SQLValue] = []

    /// The parameter that stands for `value` from now on.
    mutating func bind(_ value: SQLValue) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }
}
