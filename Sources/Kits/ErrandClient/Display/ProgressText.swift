/// How far something has come, in words and as a bar.
public struct ProgressText: Equatable, Sendable {
    public let done: Int
    /// Nil while it is not known.
    public let total: Int?

    public init(done: Int, total: Int?) {
        self.done = done
        self.total = total
    }

    /// From 0 to 100, rounded down: it is only all when it is all.
    public var percent: Int {
        guard let total, total > 0 else { return 0 }
        return min(100, max(0, done * 100 / total))
    }

    /// `42000 of 100000`, or `42000 read` while the whole is not known.
    public var words: String { total.map { "\(done) of \($0)" } ?? "\(done) read" }

    /// `[########............] 42 %  42000 of 100000`.
    ///
    /// - Parameter width: columns of the terminal; the bar takes what the words leave, 40 at most.
    public func bar(width: Int) -> String {
        guard total != nil else { return String(words.prefix(max(0, width - 1))) }
        let rest = "\(percent)".count < 3 ? String(repeating: " ", count: 3 - "\(percent)".count) : ""
        let tail = " \(rest)\(percent) %  \(words)"
        let room = min(40, width - tail.count - 3)
        guard room >= 5 else { return String(tail.drop { $0 == " " }.prefix(max(0, width - 1))) }
        let full = room * percent / 100
        let marks = String(repeating: "#", count: full) + String(repeating: ".", count: room - full)
        return "[\(marks)]\(tail)"
    }
}
