import CivilTime
import TaskLanguage

/// Reads a sentence: as one clause where it is one, otherwise clause by clause, each after what the one before it
/// changed. All of its clauses have to be understood; of a sentence that is understood in part nothing is done.
struct ClauseSplitter {
    let sentence: Sentence
    let words: TalkWords
    let reader: PieceReader
    let tags: Set<String>
    let answer: Resolver.Answer?
    let isConfirmed: Bool
    var forced: [Int]?

    private static let clausesMax = 8
    /// What is done to something just added, in the same sentence.
    private static let followers: Set<Verb> = [
        .prioritise, .tag, .untag, .remindAt, .remindBefore, .moveTo, .repeats, .delete, .note, .rename, .later, .add,
    ]

    func read(_ whole: Range<Int>, _ finder: TaskFinder, _ topic: ChatTopic) -> Outcome {
        let range = trimmed(whole)
        guard !range.isEmpty, range.count <= 400 else { return .decline(.notUnderstood) }
        if range != whole,
            let (found, _) = clause(finder, topic).read(whole, words.patterns, stage: 0, only: [.correct, .prioritise])
        {
            return found
        }
        if let found = understand(range, finder, topic, depth: 0) { return found }
        // Politeness may be a part of what is meant: "no" alone, "thanks".
        if range != whole, let found = understand(whole, finder, topic, depth: 0) { return found }
        return .decline(.notUnderstood)
    }

    private func clause(_ finder: TaskFinder, _ topic: ChatTopic) -> ClauseReader {
        let resolver = Resolver(sentence, finder, topic, reader, tags: tags, answer: answer, forced: forced)
        return ClauseReader(sentence, resolver, isConfirmed: isConfirmed)
    }

    private func understand(_ range: Range<Int>, _ finder: TaskFinder, _ topic: ChatTopic, depth: Int) -> Outcome? {
        let clause = clause(finder, topic)
        if depth == 0, let continued = continuation(range, clause, topic) { return continued }
        if let (found, _) = clause.read(range, words.patterns, stage: 0) { return found }
        if let several = split(range, finder, topic, depth) { return several }
        if let (found, _) = clause.read(range, words.patterns, stage: 1) { return found }
        let early: Set<Verb> = [.note, .tag, .untag, .describe]
        if let (found, _) = clause.read(range, words.broadPatterns, stage: 1, only: [.moveTo, .deed]) { return found }
        if let (found, _) = clause.read(range, words.patterns, stage: 2, only: early) { return found }
        if let (found, _) = clause.read(range, words.broadPatterns, stage: 1) { return found }
        if let (found, _) = clause.read(range, words.patterns, stage: 2) { return found }
        return nil
    }

    /// Behind something added, more to add: "also buy tape".
    private func continuation(_ range: Range<Int>, _ clause: ClauseReader, _ topic: ChatTopic) -> Outcome? {
        guard topic.lastVerb == "add", range.lowerBound > 0, range.count <= 12 else { return nil }
        let before = sentence.words[range.lowerBound - 1].text
        guard words.more.contains(before),
            clause.read(range, words.patterns, stage: 1) == nil,
            clause.read(range, words.broadPatterns, stage: 1) == nil
        else { return nil }
        return Adding(clause: clause).outcome(of: Pattern(.add, "add <title>"), [.title: range], range)
    }

    // MARK: Several clauses

    private func split(_ range: Range<Int>, _ finder: TaskFinder, _ topic: ChatTopic, _ depth: Int) -> Outcome? {
        guard depth < Self.clausesMax else { return nil }
        for place in range.dropFirst() {
            let before = sentence.words[place - 1]
            let isJoined = words.and.contains(sentence.words[place].text)
            guard isJoined || before.hasComma || before.endsClause else { continue }
            let left = trimmed(range.lowerBound..<place)
            let right = trimmed((isJoined ? place + 1 : place)..<range.upperBound)
            guard !left.isEmpty, !right.isEmpty else { continue }
            if let found = join(left, right, finder, topic, depth) { return found }
        }
        return nil
    }

    private func join(
        _ left: Range<Int>, _ right: Range<Int>, _ finder: TaskFinder, _ topic: ChatTopic, _ depth: Int
    ) -> Outcome? {
        let clause = clause(finder, topic)
        let broad = clause.read(left, words.broadPatterns, stage: 1)
        guard let (first, pattern) = clause.read(left, words.patterns, stage: 1) ?? broad else { return nil }
        switch first {
        case .act(let actions, let verb):
            guard verb != .undo else { return nil }
            let (next, after) = State.after(actions, verb, finder, topic, said: sentence.text(left))
            guard let second = understand(right, next, after, depth: depth + 1) else { return nil }
            return joined(actions, verb, second, pattern)
        case .tell(.status(let numbers)):
            // "not done yet, reopen it"
            var after = topic
            after.named = numbers
            guard let second = understand(right, finder, after, depth: depth + 1), second.isAct else { return nil }
            return second
        case .ask(let kind, let numbers, let verb):
            // What comes behind has to be understood too before it is worth asking.
            guard let second = understand(right, finder, topic, depth: depth + 1), second.isAct else { return nil }
            return .ask(kind, numbers, verb)
        default: return nil
        }
    }

    private func joined(_ actions: [Action], _ verb: Verb, _ second: Outcome, _ pattern: Pattern) -> Outcome? {
        switch second {
        case .act(let more, let next):
            if verb == .add, !Self.followers.contains(next) { return nil }
            return .act(actions + more, next)
        case .ask: return verb == .add ? nil : second
        case .tell(.status): return verb == .add ? nil : .act(actions, verb)
        default: return nil
        }
    }

    // MARK: Politeness

    /// Without "please", "could you", "thanks".
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        func texts(_ range: Range<Int>) -> [String] { sentence.texts(range) }
        var isOpen = true
        while isOpen {
            let found = words.openers.filter { phrase in
                start + phrase.count < end && texts(start..<start + phrase.count) == phrase
            }.map(\.count).max()
            isOpen = found != nil
            start += found ?? 0
        }
        isOpen = true
        while isOpen {
            let found = words.closers.filter { phrase in
                end - phrase.count > start && texts(end - phrase.count..<end) == phrase
            }.map(\.count).max()
            isOpen = found != nil
            end -= found ?? 0
        }
        return withoutDenial(start..<end)
    }

    /// Without the day or time at its end that is not meant: "at 19:30, not 18:00", "on friday instead of monday".
    private func withoutDenial(_ range: Range<Int>) -> Range<Int> {
        for place in range.dropFirst(2) {
            let isDenied = words.not.contains(sentence.words[place].text) && sentence.words[place - 1].hasComma
            let phrase = words.ratherThan.filter { phrase in
                place + phrase.count < range.upperBound && sentence.texts(place..<place + phrase.count) == phrase
            }.map(\.count).max()
            guard let length = isDenied ? 1 : phrase, place + length < range.upperBound else { continue }
            let rest = place + length..<range.upperBound
            if rest.count <= 4, reader.due(sentence.text(rest)) != nil { return range.lowerBound..<place }
        }
        return range
    }
}

/// How things stand after changes.
enum State {
    static func after(
        _ actions: [Action], _ verb: Verb, _ finder: TaskFinder, _ topic: ChatTopic, said: String
    ) -> (TaskFinder, ChatTopic) {
        var next = finder
        let added = actions.compactMap { action -> KnownTask? in
            guard case .add(let task, let number) = action else { return nil }
            return KnownTask(
                number: number, title: task.title, due: task.due, recurrence: task.recurrence,
                priority: task.priority ?? .medium, tags: task.tags, reminders: task.reminders
            )
        }
        var tasks = finder.tasks + added
        var isChanged = !added.isEmpty
        let places = Dictionary(tasks.enumerated().map { ($1.number, $0) }) { first, _ in first }
        for action in actions {
            guard let change = State.change(action) else { continue }
            for number in action.numbers {
                guard let place = places[number] else { continue }
                change(&tasks[place])
                isChanged = true
            }
        }
        if isChanged { next = TaskFinder(tasks, finder.words) }
        return (next, State.topic(after: actions, verb, topic, said: said))
    }

    /// What later clauses of the same sentence have to see.
    private static func change(_ action: Action) -> ((inout KnownTask) -> Void)? {
        switch action {
        case .move(_, let due): { $0.due = due }
        case .remind(_, let reminders): { $0.reminders = reminders }
        case .describe(_, let text): { $0.description = text }
        case .repeats(_, let rule, let due):
            {
                $0.recurrence = rule; $0.due = due ?? $0.due
            }
        case .tag(_, let tags): { $0.tags += tags }
        case .skip: { $0.due = $0.dueAfterSkip ?? $0.due }
        default: nil
        }
    }

    static func topic(after actions: [Action], _ verb: Verb, _ topic: ChatTopic, said: String) -> ChatTopic {
        var topic = topic
        topic.question = nil
        if actions == [.undo] {
            topic.changes -= 1
            topic.lastVerb = verb.rawValue
            return topic
        }
        var named: [Int] = []
        // Of a change that was meant for another task, only that other one is spoken of.
        for number in (verb == .instead ? actions.suffix(1) : actions[...]).flatMap(\.numbers)
        where !named.contains(number) { named.append(number) }
        topic.named = named
        topic.changes += 1
        if verb == .instead { return topic }
        topic.lastSentence = verb == .again ? topic.lastSentence : said
        topic.lastVerb = [.moveTo, .later, .earlier, .correct].contains(verb) ? "move" : verb.rawValue
        return topic
    }
}
