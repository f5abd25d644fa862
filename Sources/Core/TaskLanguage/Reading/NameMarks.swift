/// Which words for days belong to a name: "The Late Friday Show", "Black Friday".
struct NameMarks {
    let words: Vocabulary

    func mark(_ tokens: [Token], in marks: inout [Bool]) {
        guard words.capitalsMarkNames || !words.dayNames.isEmpty else { return }
        for index in tokens.indices.dropFirst() where words.weekdays[tokens[index].text] != nil {
            if words.dayNames.contains(tokens[index - 1].text), tokens[index].isApart,
                tokens[index].isCapitalised == tokens[index - 1].isCapitalised
            {
                marks[index] = true
            }
        }
        if words.capitalsMarkNames { markPhrases(tokens, in: &marks) }
    }

    private func markPhrases(_ tokens: [Token], in marks: inout [Bool]) {
        guard let first = tokens.firstIndex(where: { $0.kind == .word }) else { return }
        // Where everything is in capitals they say nothing.
        let others = tokens.dropFirst(first + 1).filter { $0.kind == .word }
        let allCapitals = others.allSatisfy(\.isCapitalised)
        var place = first + 1
        while place < tokens.count {
            guard tokens[place].isCapitalised else {
                place += 1
                continue
            }
            let start = place
            while place < tokens.count, tokens[place].isCapitalised, place == start || tokens[place].isApart {
                place += 1
            }
            let beginsWithArticle = words.the.contains(tokens[start].text)
            if !allCapitals || beginsWithArticle { markPhrase(tokens, start..<place, in: &marks) }
        }
    }

    /// A day with capitalised words on both sides, or with a part of the day before such a word.
    private func markPhrase(_ tokens: [Token], _ phrase: Range<Int>, in marks: inout [Bool]) {
        if phrase.count >= 4, words.the.contains(tokens[phrase.lowerBound].text) {
            for name in phrase { marks[name] = true }
            return
        }
        guard phrase.count >= 3, let last = phrase.last(where: { !words.isDayWord(tokens[$0].text) }) else { return }
        for index in phrase where words.isDayWord(tokens[index].text) && index < last {
            let isInside = index > phrase.lowerBound && phrase.lowerBound..<index ~= index - 1
            let isPair = words.parts[tokens[index + 1].text] != nil
            if isInside || isPair {
                for name in phrase where name <= last { marks[name] = true }
                return
            }
        }
    }
}
