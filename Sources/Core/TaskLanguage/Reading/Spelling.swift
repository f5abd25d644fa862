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
        // One letter can be missing.
        guard word.utf8.count >= Vocabulary.mendableLengthMin - 1, !words.lookalikes.contains(word),
            !words.isDayWord(word), words.pluralWeekdays[word] == nil, words.pluralParts[word] == nil
        else { return nil }
        return words.mendable.first { Slip.isOneOff(word, $0) }
    }
}
