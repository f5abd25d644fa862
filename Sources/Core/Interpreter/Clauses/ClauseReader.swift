import CivilTime
import TaskLanguage

/// Reads one clause: finds the way of saying things that it is, and what it comes to.
final class ClauseReader {
    let sentence: Sentence
    let resolver: Resolver
    let finder: TaskFinder
    let topic: ChatTopic
    let reader: PieceReader
    /// Whether the user has said yes to what was asked.
    let isConfirmed: Bool

    var words: TalkWords { finder.words }
    var context: LanguageContext { reader.context }

    init(_ sentence: Sentence, _ resolver: Resolver, isConfirmed: Bool) {
        self.sentence = sentence
        self.resolver = resolver
        self.isConfirmed = isConfirmed
        finder = resolver.finder
        topic = resolver.topic
        reader = resolver.reader
    }

    /// How far a reading may go: 0 takes only what is clear, 1 what has to be asked, 2 what nothing fits.
    func read(_ range: Range<Int>, _ patterns: [Pattern], stage: Int, only: Set<Verb>? = nil) -> (Outcome, Pattern)? {
        guard range.count <= 60 else { return nil }
        let match = PatternMatch(words: sentence.words, known: words.known)
        for pattern in patterns where only?.contains(pattern.verb) ?? true {
            var found: Outcome?
            _ = match.find(pattern, in: range, canFill: { self.canFill($0, $1) }) { filling in
                found = self.outcome(of: pattern, filling, range, stage)
                return found != nil
            }
            if let found { return (found, pattern) }
        }
        return nil
    }

    private func canFill(_ slot: Pattern.Slot, _ range: Range<Int>) -> Bool {
        switch slot {
        case .task, .deed: range.count <= 16
        case .text, .title: true
        case .some: resolver.asked(range) != nil
        case .when: range.count <= 9 && reader.due(sentence.text(range)) != nil
        case .range: range.count <= 6 && reader.days(sentence.text(range)) != nil
        case .shift: range.count <= 6 && reader.shift(sentence.text(range)) != nil
        case .rule: range.count <= 14 && reader.rule(sentence.text(range)) != nil
        case .priority: range.count <= 2 && reader.priority(sentence.text(range)) != nil
        case .tags: range.count <= 6 && tagNames(range) != nil
        }
    }

    /// "errands", "#home and #work"
    func tagNames(_ range: Range<Int>) -> [String]? {
        var names: [String] = []
        for place in range {
            let word = sentence.words[place]
            if words.and.contains(word.text) { continue }
            let typed = word.quoted ?? sentence.text(place..<place + 1)
            let name = typed.hasPrefix("#") ? String(typed.dropFirst()) : typed
            let isListed =
                place + 1 == range.upperBound || word.hasComma || words.and.contains(sentence.words[place + 1].text)
            guard isListed, !name.isEmpty, name.count <= 60, !words.articles.contains(word.text),
                name.contains(where: \.isLetter), !words.single.contains([word.text])
            else { return nil }
            names.append(name)
        }
        return names.isEmpty ? nil : names
    }

    // MARK: Verbs

    private func outcome(of pattern: Pattern, _ filling: Filling, _ range: Range<Int>, _ stage: Int) -> Outcome? {
        // "the passport" is not all of "the passport task".
        if let task = filling[.task], task.upperBound < range.upperBound,
            words.nouns.contains(sentence.words[task.upperBound].text),
            NumberWords.count(sentence.words[task.upperBound].text, in: context) == nil,
            !pattern.literals.contains(sentence.words[task.upperBound].text)
        {
            return nil
        }
        if let task = filling[.task], let text = filling[.text] ?? filling[.title], text.lowerBound == task.upperBound,
            let colon = (task.lowerBound..<text.upperBound).first(where: { sentence.words[$0].hasColon }),
            colon + 1 != task.upperBound
        {
            return nil
        }
        // "the milk is done?" is no order.
        if sentence.isQuestion, pattern.startsOpen, pattern.verb.changes, pattern.verb != .add { return nil }
        switch pattern.verb {
        case .undo: return topic.changes > 0 ? .act([.undo], .undo) : .decline(.nothingToUndo)
        case .help: return .tell(.help)
        case .greet: return .tell(.greeting)
        case .thank: return .tell(.thanks)
        case .countListed: return topic.listed.isEmpty ? nil : .tell(.count(topic.listed.count, topic.listed))
        case .count, .list, .finished, .agenda, .find: return Asking(clause: self).outcome(of: pattern, filling)
        case .listAgain: return topic.listed.isEmpty ? nil : .tell(.tasks(topic.listed))
        case .again: return again(filling, stage)
        case .instead: return instead(filling)
        case .unfinished: return unfinished(pattern, filling, stage)
        case .remark: return remarked(pattern, filling, stage)
        case .when, .alsoWhen, .status, .details: return told(pattern, filling, stage)
        case .add: return Adding(clause: self).outcome(of: pattern, filling, range)
        case .deed: return deed(filling, stage)
        case .correct:
            guard let last = topic.lastVerb, !["list", "when", "undo"].contains(last), !topic.named.isEmpty else {
                return nil
            }
            return changed(pattern, filling, .tasks(topic.named, isSelection: false), stage)
        default: return changed(pattern, filling, target(pattern, filling), stage)
        }
    }

    /// The tasks that a pattern is about; where it has no place for them, those that were spoken of.
    private func target(_ pattern: Pattern, _ filling: Filling) -> Found {
        guard let range = filling[.task] else {
            return topic.named.count > 1 && pattern.verb == .complete
                ? .tasks(topic.named, isSelection: false) : resolver.one(of: topic.named)
        }
        let pool: TaskFinder.Pool =
            switch pattern.verb {
            case .reopen: .done
            case .restore: .trash
            default: .live
            }
        return resolver.find(range, in: pool, includesDone: pattern.verb == .delete)
    }

    private func changed(_ pattern: Pattern, _ filling: Filling, _ found: Found, _ stage: Int) -> Outcome? {
        guard found.stage <= stage else { return nil }
        switch found {
        case .tasks(let numbers, let isSelection):
            if isSelection, pattern.verb == .moveTo, pattern.startsOpen, pattern.source.hasSuffix("<when>"),
                !pattern.literals.contains("due")
            {
                return nil
            }
            // Of several that were asked about, perhaps not all.
            let kept = resolver.chosen.map { chosen in numbers.filter(chosen.contains) } ?? numbers
            let tasks = (kept.isEmpty ? numbers : kept).compactMap { finder.task($0) }
            guard !tasks.isEmpty else { return nil }
            return Changing(clause: self, pattern: pattern, filling: filling).outcome(on: tasks, isSelection)
        case .several(let numbers):
            guard Changing(clause: self, pattern: pattern, filling: filling).isReadable else { return nil }
            return .ask(.which, numbers, pattern.verb)
        case .nothing(let text, let nearest): return .decline(.nothingFits(text, nearest: nearest))
        case .noNumber(let number): return .decline(.noSuchNumber(number))
        case .nobody: return .decline(.noTask)
        }
    }

    /// "the other one too": the same once more.
    private func again(_ filling: Filling, _ stage: Int) -> Outcome? {
        guard let range = filling[.task], let last = topic.lastVerb else { return nil }
        let pool: TaskFinder.Pool =
            last == Verb.restore.rawValue ? .trash : last == Verb.reopen.rawValue ? .done : .live
        let found = resolver.find(range, in: pool)
        guard found.stage <= stage, topic.depth == 0 else { return nil }
        if last == "when" {
            if case .tasks(let numbers, _) = found { return .tell(.due(numbers)) }
            return nil
        }
        guard let said = topic.lastSentence, last != Verb.undo.rawValue, last != Verb.add.rawValue, last != "list"
        else { return nil }
        switch found {
        case .tasks(let numbers, _): return repeated(said, on: numbers)
        case .several(let numbers): return .ask(.which, numbers, .again)
        default: return nil
        }
    }

    /// "no, I meant 25": the last change was for another task. Only what another action takes back whole.
    private func instead(_ filling: Filling) -> Outcome? {
        guard let range = filling[.task], let said = topic.lastSentence, topic.depth == 0, topic.named.count == 1,
            let last = topic.lastVerb.flatMap({ Verb(rawValue: $0) }), let wrong = finder.task(topic.named[0]),
            wrong.recurrence == nil
        else { return nil }
        let (back, pool): (Action, TaskFinder.Pool)
        switch (last, wrong.status) {
        case (.complete, .completed), (.deed, .completed): (back, pool) = (.reopen(topic.named), .live)
        case (.reopen, .pending): (back, pool) = (.complete(topic.named), .done)
        case (.delete, .deleted): (back, pool) = (.restore(topic.named), .live)
        case (.restore, .pending): (back, pool) = (.delete(topic.named), .trash)
        default: return nil
        }
        guard case .tasks(let meant, isSelection: false) = resolver.find(range, in: pool), meant.count == 1,
            meant != topic.named, case .act(let actions, _)? = repeated(said, on: meant), actions.count == 1
        else { return nil }
        return .act([back] + actions, .instead)
    }

    private func repeated(_ said: String, on numbers: [Int]) -> Outcome? {
        let before = Sentence(said)
        var topic = topic
        topic.depth = 1
        let splitter = ClauseSplitter(
            sentence: before, words: words, reader: reader, tags: resolver.tags, answer: nil, isConfirmed: isConfirmed,
            forced: numbers
        )
        let outcome = splitter.read(0..<before.words.count, finder, topic)
        return outcome.isAct || isQuestion(outcome) ? outcome : nil
    }

    private func isQuestion(_ outcome: Outcome) -> Bool { if case .ask = outcome { true } else { false } }

    /// "move the dentist": where to?
    private func unfinished(_ pattern: Pattern, _ filling: Filling, _ stage: Int) -> Outcome? {
        guard let range = filling[.task] else { return .ask(.what, [], .unfinished) }
        let found = resolver.find(range, in: .live)
        guard found.stage <= stage, stage < 2 || found.stage == 2 else { return nil }
        switch found {
        case .tasks(let numbers, _): return .ask(.what, numbers, .unfinished)
        case .several(let numbers): return .ask(.which, numbers, .unfinished)
        case .nothing(let text, let nearest): return .decline(.nothingFits(text, nearest: nearest))
        case .noNumber(let number): return .decline(.noSuchNumber(number))
        case .nobody: return .decline(.noTask)
        }
    }

    /// Something said of a task that changes nothing by itself.
    private func remarked(_ pattern: Pattern, _ filling: Filling, _ stage: Int) -> Outcome? {
        guard let range = filling[.task] else {
            return topic.named.isEmpty ? nil : .tell(.status(topic.named))
        }
        var found = resolver.find(range, in: .live)
        if found.stage > 0 { found = resolver.find(range, in: .trash) }
        if case .tasks(let numbers, _) = found { return .tell(.status(numbers)) }
        if case .several(let numbers) = found, stage > 0 { return .tell(.status(numbers)) }
        return nil
    }

    /// "watered the plants": done, where an open task is just that.
    private func deed(_ filling: Filling, _ stage: Int) -> Outcome? {
        if let task = filling[.task], let text = filling[.text] { return made(task, text, stage) }
        guard let range = filling[.deed], let first = range.first, range.count > 1 else { return nil }
        // Some languages have it at the end.
        let word = sentence.words[words.joinsWords ? range.upperBound - 1 : first].text
        let isPast = words.irregular[word] != nil || words.pastEndings.contains { word.hasSuffix($0) && word.count > 3 }
        guard isPast, !words.empty.contains(word) else { return nil }
        if words.single.contains(sentence.texts(first + 1..<range.upperBound)), topic.named.count == 1,
            finder.numbers(with: word).contains(topic.named[0])
        {
            return .act([.complete(topic.named)], .complete)
        }
        let found = resolver.find(range, in: .live)
        switch found {
        case .tasks(let numbers, isSelection: false):
            let open = numbers.filter { finder.task($0)?.isPending ?? false }
            return open.isEmpty ? nil : .act([.complete(open)], .complete)
        case .several(let numbers): return stage > 0 ? .ask(.which, numbers, .complete) : nil
        default: return nil
        }
    }

    /// "milk is bought": done, where an open task is to buy milk.
    private func made(_ task: Range<Int>, _ text: Range<Int>, _ stage: Int) -> Outcome? {
        let word = sentence.words[text.lowerBound].text
        let isPast = words.irregular[word] != nil || words.pastEndings.contains { word.hasSuffix($0) && word.count > 3 }
        guard text.count == 1, isPast else { return nil }
        let said = sentence.texts(task).filter { !words.articles.contains($0) }
        let open = finder.find(said + [word], in: .live).filter { finder.task($0)?.isPending ?? false }
        if open.count > 1 { return stage > 0 ? .ask(.which, open, .complete) : nil }
        return open.isEmpty ? nil : .act([.complete(open)], .complete)
    }

    private func told(_ pattern: Pattern, _ filling: Filling, _ stage: Int) -> Outcome? {
        let found = filling[.task].map { resolver.find($0, in: .live) } ?? resolver.one(of: topic.named)
        let range = filling[.task] ?? 0..<0
        guard found.stage <= stage || found.stage == 1 && pattern.verb != .details else { return nil }
        if pattern.verb == .alsoWhen, found.stage > 1 || topic.lastVerb != "when" && range.count > 4 { return nil }
        if case .tasks(_, isSelection: true) = found, pattern.verb != .when { return nil }
        switch found {
        case .tasks(let numbers, _), .several(let numbers):
            switch pattern.verb {
            case .status: return .tell(.status(numbers))
            case .details: return numbers.count == 1 ? .tell(.details(numbers[0])) : .tell(.tasks(numbers))
            default: return .tell(.due(numbers))
            }
        case .nothing(let text, let nearest): return .decline(.nothingFits(text, nearest: nearest))
        case .noNumber(let number): return .decline(.noSuchNumber(number))
        case .nobody: return .decline(.noTask)
        }
    }
}
