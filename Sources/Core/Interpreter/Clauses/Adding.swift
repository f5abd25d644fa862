import CivilTime
import TaskLanguage

/// Tasks to be added, one or several, each read as a line of quick add.
struct Adding {
    let clause: ClauseReader

    private var sentence: Sentence { clause.sentence }
    private var words: TalkWords { clause.words }

    func outcome(of pattern: Pattern, _ filling: Filling, _ whole: Range<Int>) -> Outcome? {
        guard var range = filling[.title] else { return nil }
        var tail = filling[.text].map { sentence.text($0) }
        if let shorter = withoutList(range) { range = shorter }
        if let text = filling[.text], tail != nil, text.isEmpty { tail = nil }
        let asksToRemind = (whole.lowerBound..<range.lowerBound).contains { place in
            words.remindStems.contains { sentence.words[place].text.hasPrefix($0) }
        }
        let pieces = self.pieces(range)
        guard !pieces.isEmpty else { return nil }
        var tasks: [NewTask] = []
        for piece in pieces {
            guard let task = task(piece, tail, pattern, filling, asksToRemind) else { return nil }
            tasks.append(task)
        }
        shareDate(&tasks)
        guard !tasks.contains(where: { isBare($0.title) }) else { return nil }
        let first = clause.finder.nextNumber
        return .act(tasks.enumerated().map { .add($1, number: first + $0) }, .add)
    }

    /// A pronoun is no title.
    private func isBare(_ title: String) -> Bool {
        let said = Resolver.words(of: title)
        if said.allSatisfy({ words.articles.contains($0) || words.nouns.contains($0) }) { return true }
        if let first = said.first, Int(first) != nil, said.last.map({ words.traits.map(\.0).contains([$0]) }) ?? false {
            return true
        }
        return title.isEmpty || words.single.contains(said) || words.several.contains(said)
    }

    /// Without "to my list".
    private func withoutList(_ range: Range<Int>) -> Range<Int>? {
        let found = words.listPhrases.filter { phrase in
            range.count > phrase.count && sentence.texts(range).suffix(phrase.count).elementsEqual(phrase)
        }.map(\.count).max()
        return found.map { range.lowerBound..<range.upperBound - $0 }
    }

    // MARK: One task

    private func task(
        _ range: Range<Int>, _ tail: String?, _ pattern: Pattern, _ filling: Filling, _ asksToRemind: Bool
    ) -> NewTask? {
        if range.count == 1, let quoted = sentence.words[range.lowerBound].quoted {
            return NewTask(title: quoted, priority: priority(filling))
        }
        var (range, tags) = (range, [String]())
        if let (shorter, names) = tagged(range) { (range, tags) = (shorter, names) }
        let text = sentence.text(range) + (tail.map { " \($0)" } ?? "")
        let parsed = QuickAdd.parse(text, in: clause.context)
        var task = NewTask(
            title: Adding.trimmed(parsed.title), due: parsed.due, recurrence: parsed.recurrence,
            priority: parsed.priority ?? priority(filling), tags: parsed.tags + tags, reminders: parsed.reminders
        )
        if let said = filling[.when].flatMap({ clause.reader.due(sentence.text($0)) }), task.due == nil {
            task.due = said.due
        }
        if asksToRemind, task.reminders.isEmpty, task.due != nil { task.reminders = [.before(.zero)] }
        return task
    }

    private func priority(_ filling: Filling) -> ParsedPriority? {
        filling[.priority].flatMap { clause.reader.priority(sentence.text($0)) }
    }

    /// "… tagged family"
    private func tagged(_ range: Range<Int>) -> (Range<Int>, [String])? {
        for phrase in words.tagged where range.count > phrase.count + 1 {
            for start in range.dropFirst() where start + phrase.count < range.upperBound {
                guard sentence.texts(start..<start + phrase.count) == phrase,
                    phrase.count > 1 || phrase[0].count > 5,
                    let names = clause.tagNames(start + phrase.count..<range.upperBound)
                else { continue }
                return (range.lowerBound..<start, names)
            }
        }
        return nil
    }

    /// Without words that only held what was cut out, and without quotation marks around all of it.
    private static func trimmed(_ title: String) -> String {
        var rest = title
        for word in [" with", " and", " with a", " mit", " und", " at", " for"] where rest.hasSuffix(word) {
            rest = String(rest.dropLast(word.count))
        }
        while rest.hasSuffix(".") || rest.hasSuffix("?") { rest = String(rest.dropLast()) }
        if rest.count > 2, rest.first == "\"", rest.last == "\"", !rest.dropFirst().dropLast().contains("\"") {
            rest = String(rest.dropFirst().dropLast())
        }
        return rest
    }

    // MARK: Several

    /// "apples, bread and cheese"; "buy stamps and call the bank", but not "buy bread and butter".
    private func pieces(_ range: Range<Int>) -> [Range<Int>] {
        var range = range
        var isList = false
        for lead in words.manyLeads where range.count > lead.count {
            let texts = sentence.texts(range)
            guard texts.prefix(lead.count).elementsEqual(lead) else { continue }
            range = range.lowerBound + lead.count..<range.upperBound
            isList = true
            break
        }
        if let count = counted(range) {
            range = range.lowerBound + count..<range.upperBound
            isList = true
        }
        if (range.lowerBound > 0 && sentence.words[range.lowerBound - 1].hasColon) {
            isList = isList || sentence.words[range.lowerBound - 1].text.hasSuffix("s")
        }
        let commas = joined(split(range, atCommas: true))
        let all = commas.flatMap { split($0, atCommas: false) }
        let texts = all.map { QuickAdd.parse(sentence.text($0), in: clause.context) }
        guard all.count > 1, !texts.contains(where: { $0.title.isEmpty }) else { return [range] }
        if isList || commas.count > 2 || commas.count == 2 && all.count == 3 && startsWithVerbs(all) { return all }
        if commas.count > 1, all.count > commas.count, texts.allSatisfy({ $0.title.count < 40 }) { return all }
        if startsWithVerbs(all) { return all }
        return texts.dropLast().contains { $0.due == nil } ? [range] : all
    }

    /// "3 things:": how many words tell how many there are.
    private func counted(_ range: Range<Int>) -> Int? {
        guard range.count > 2, NumberWords.count(sentence.words[range.lowerBound].text, in: clause.context) != nil
        else { return nil }
        for place in range.dropFirst().prefix(2) where sentence.words[place].hasColon {
            return words.plurals.contains(sentence.words[place].text) ? place + 1 - range.lowerBound : nil
        }
        return nil
    }

    /// ", due wednesday, tagged school" belongs to what stands before it.
    private func joined(_ pieces: [Range<Int>]) -> [Range<Int>] {
        pieces.reduce(into: []) { found, piece in
            let isTag = words.tagged.contains { sentence.texts(piece).starts(with: $0) }
            let isDetail = isTag || QuickAdd.parse(sentence.text(piece), in: clause.context).title.isEmpty
            if isDetail, let last = found.last {
                found[found.count - 1] = last.lowerBound..<piece.upperBound
            } else {
                found.append(piece)
            }
        }
    }

    private func startsWithVerbs(_ pieces: [Range<Int>]) -> Bool {
        pieces.allSatisfy { words.taskVerbs.contains(sentence.words[$0.lowerBound].text) }
    }

    private func split(_ range: Range<Int>, atCommas: Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = range.lowerBound
        for place in range {
            let word = sentence.words[place]
            let isEnd = place + 1 == range.upperBound
            if atCommas, word.hasComma || word.endsClause, !isEnd {
                found.append(start..<place + 1)
                start = place + 1
            } else if !atCommas, words.and.contains(word.text), place > start, !isEnd {
                found.append(start..<place)
                start = place + 1
                // "and also call mum"
                let isMore = place + 2 < range.upperBound && words.more.contains(sentence.words[start].text)
                if isMore, words.taskVerbs.contains(sentence.words[start + 1].text) { start += 1 }
            } else if atCommas, words.and.contains(word.text), place == start, !isEnd {
                start = place + 1
            }
        }
        found.append(start..<range.upperBound)
        return found
    }

    /// A date behind the last of several is that of all.
    private func shareDate(_ tasks: inout [NewTask]) {
        guard tasks.count > 1, let last = tasks.last, last.due != nil, last.recurrence == nil,
            tasks.dropLast().allSatisfy({ $0.due == nil })
        else { return }
        for index in tasks.indices { tasks[index].due = last.due }
    }
}
