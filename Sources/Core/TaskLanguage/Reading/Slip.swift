/// Slips of the pen.
package enum Slip {
    /// Whether one letter is missing, too many, another, or changed places with its neighbour; never the first one.
    package static func isOneOff(_ word: String, _ target: String) -> Bool {
        let (left, right) = (Array(word.utf8), Array(target.utf8))
        guard left.first == right.first, abs(left.count - right.count) <= 1, left != right else { return false }
        var start = 0
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        if left.count == right.count {
            if left[(start + 1)...] == right[(start + 1)...] { return true }
            return start + 1 < left.count && left[start] == right[start + 1] && left[start + 1] == right[start]
                && left[(start + 2)...] == right[(start + 2)...]
        }
        return left.count > right.count
            ? left[(start + 1)...] == right[start...] : left[start...] == right[(start + 1)...]
    }
}
