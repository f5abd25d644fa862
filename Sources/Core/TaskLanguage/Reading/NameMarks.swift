/// Which words for days belong to a name: "The Late Friday Show", "Black Friday".
struct NameMarks {
    let words: Vocabulary

    func mark(_ tokens: [Token], in marks: inout [Bool]) {
        guard words.capitalsMarkNames || !words.dayNames.isEmpty else { return }
        for index in tokens.indices.dropFirst() where words.isDayWord(tokens[index].text) && tokens[index].isApart {
            let before = tokens[index - 1]
            let isNamed = words.dayNames.contains(before.text) && tokens[index].isCapitalised == before.isCapitalised
            let isPerson = tokens[index].isCapitalised && words.honorifics.contains(before.text)
            // "the Saturday Herald"
            let isThing =
                words.capitalsMarkNames && tokens[index].isCapitalised && words.articles.contains(before.text)
                && index + 1 < tokens.count && tokens[index + 1].isCapitalised
                && !words.isDayWord(tokens[index + 1].text)
            if isNamed || isPerson || isThing { marks[index] = true }
        }
        if words.capitalsMarkNames { markPhrases(tokens, in: &marks) }
    }

    /// Days in what may be the name of a book, a film or a song: "Read Tuesdays with Morrie". They are not read, but
    /// warned about. In "Watch Dune Friday at 8" the day is a day.
    func works(_ tokens: [Token]) -> [Range<Int>] {
        guard let verb = tokens.firstIndex(where: { words.worksVerbs.contains($0.text) }) else { return [] }
        var end = verb + 1
        if end < tokens.count, words.to.contains(tokens[end].text) { end += 1 }
        let start = end
        guard start < tokens.count else { return [] }
        let hasArticle = words.articles.contains(tokens[start].text) && tokens[start].isCapitalised
        var small = words.smallWords
        if hasArticle { small.formUnion(words.articles.union(words.and).union(words.shortOn)) }
        var hasSmall = false
        while end < tokens.count {
            if !tokens[end].isCapitalised {
                // Small words inside of a title.
                guard
                    let next = tokens[(end + 1)...].firstIndex(where: { !small.contains($0.text) || $0.isCapitalised }),
                    end > start, small.contains(tokens[end].text), tokens[next].isCapitalised
                else { break }
                hasSmall = true
                end = next
            }
            end += 1
        }
        let hasDay = tokens[start..<end].contains { token in
            words.weekdays[token.text] != nil || words.pluralWeekdays[token.text] != nil
                || words.relativeDays[token.text] != nil
        }
        let endsInDay = end > start && words.isDayWord(tokens[end - 1].text)
        if hasDay, hasSmall, hasArticle || !endsInDay { return [start..<end] }
        guard hasDay, end < tokens.count, tokens[end].kind == .word, !isTime(tokens, at: end) else { return [] }
        return [start..<end]
    }

    /// "at 8", "every", "with a reminder".
    private func isTime(_ tokens: [Token], at place: Int) -> Bool {
        guard words.starters.contains(tokens[place].text) else { return false }
        guard place + 1 < tokens.count else { return true }
        let next = tokens[place + 1]
        return next.kind == .number || words.starters.contains(next.text)
    }

    private func markPhrases(_ tokens: [Token], in marks: inout [Bool]) {
        guard let first = tokens.firstIndex(where: { $0.kind == .word }) else { return }
        // Where everything is in capitals they say nothing.
        let others = tokens.dropFirst(tokens[first].isCapitalised ? first + 1 : first).filter { $0.kind == .word }
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
