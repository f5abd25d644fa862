/// Mends slips in the words that say when: frequent ones by a list, others that are one letter off a long word.
struct Spelling {
    let words: Vocabulary

    func mend(_ tokens: inout [Token]) {
        for index in tokens.indices where tokens[index].kind == .word {
            guard let meant = meant(by: tokens[index].text) else { continue }
            tokens[index].text = meant
            tokens[index].isMended = true
        }
    }

    private func meant(by word: String) -> String? {
        if let listed = words.misspelt[word] { return listed }
        guard word.utf8.count >= Vocabulary.mendableLengthMin, !words.lookalikes.contains(word), !words.isDayWord(word),
            words.pluralWeekdays[word] == nil, words.pluralParts[word] == nil
        else { return nil }
        return words.mendable.first { Spelling.isOneOff(word, $0) }
    }

    /// Whether one letter is missing, too many, another, or changed places with its neighbour; not the first one.
    static func isOneOff(_ word: String, _ target: String) -> Bool {
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
