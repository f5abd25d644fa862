import TaskLanguage

/// Reads the answer to a question that was asked.
struct AnswerReader {
    let sentence: Sentence
    let words: TalkWords
    let finder: TaskFinder
    let context: LanguageContext

    enum Answer {
        /// Do nothing.
        case drop
        /// It is about these.
        case take([Int])
        /// It may be the rest of the sentence.
        case what
        /// It is no answer.
        case none
    }

    func read(_ whole: Range<Int>, to question: ChatTopic.Question) -> Answer {
        let said = sentence.texts(whole)
        switch question.kind {
        case .what: return words.no.contains(said) || words.neither.contains(said) ? .drop : .what
        case .which:
            if words.neither.contains(said) { return .drop }
            if words.both.contains(said) { return .take(question.tasks) }
        case .whether:
            if words.yes.contains(said) { return .take(question.tasks) }
            if words.no.contains(said) { return .drop }
        case .nearest:
            if words.yes.contains(said), question.tasks.count == 1 { return .take(question.tasks) }
            if words.no.contains(said) || words.neither.contains(said) { return .drop }
        }
        return picked(whole, question)
    }

    private func picked(_ whole: Range<Int>, _ question: ChatTopic.Question) -> Answer {
        var range = whole
        func isLead(_ place: Int) -> Bool {
            let word = sentence.words[place].text
            return words.only.contains(word) || words.answerLeads.contains(word)
        }
        while range.count > 1, isLead(range.lowerBound) { range = range.lowerBound + 1..<range.upperBound }
        if range.count > 1, words.closers.contains([sentence.words[range.upperBound - 1].text]) {
            range = range.lowerBound..<range.upperBound - 1
        }
        // To "delete these?" only a part that is said to be one is an answer.
        if question.kind == .whether, range.lowerBound == whole.lowerBound { return .none }
        guard range.count <= 12 else { return .none }
        if let numbers = numbers(range) {
            return numbers.allSatisfy(question.tasks.contains) ? .take(numbers) : .none
        }
        let places = PlaceReader(sentence: sentence, words: words, context: context)
        if let numbers = places.read(range, in: question.tasks) { return .take(numbers) }
        if let number = owned(range, question) ?? titled(range, question) { return .take([number]) }
        return .none
    }

    private func numbers(_ range: Range<Int>) -> [Int]? {
        var found: [Int] = []
        for place in range {
            let word = sentence.words[place].text
            if let number = Int(word.drop { $0 == "#" }) {
                found.append(number)
            } else if !(words.numberWords.contains(word) || words.and.contains(word) || words.articles.contains(word)
                || words.nouns.contains(word))
            {
                return nil
            }
        }
        return found.isEmpty ? nil : found
    }

    /// "mine", "hers": the one whose title says so.
    private func owned(_ range: Range<Int>, _ question: ChatTopic.Question) -> Int? {
        let said = sentence.texts(range).filter { !words.articles.contains($0) || words.owners[$0] != nil }
        guard said.count == 1, let whose = words.owners[said[0]] else { return nil }
        let fits = question.tasks.filter { number in
            finder.task(number).map { !whose.isDisjoint(with: Resolver.words(of: $0.title)) } ?? false
        }
        return fits.count == 1 ? fits[0] : nil
    }

    /// "the appointment", "the one about lunch": words of one of the titles, and no others.
    private func titled(_ range: Range<Int>, _ question: ChatTopic.Question) -> Int? {
        let said = Resolver.words(of: sentence.text(range)).map { $0 }
        let telling = said.filter {
            !words.empty.contains($0) && !words.articles.contains($0) && !words.nouns.contains($0)
        }
        guard !telling.isEmpty else { return nil }
        var best: [Int]?
        for word in telling {
            let fits = finder.numbers(with: word).filter(question.tasks.contains)
            best = best.map { $0.filter(fits.contains) } ?? fits
        }
        guard let best, best.count == 1 else { return nil }
        return best[0]
    }
}
