import TaskLanguage

/// Which tasks some words mean.
enum Found {
    case tasks([Int], isSelection: Bool)
    /// One of these is meant.
    case several([Int])
    case nothing(String, nearest: [Int])
    case noNumber(Int)
    /// "it", and nothing was spoken of.
    case nobody

    /// 0 where it is clear, 1 where it has to be asked, 2 where there is nothing.
    var stage: Int {
        switch self {
        case .tasks: 0
        case .several: 1
        case .nothing, .noNumber, .nobody: 2
        }
    }
}

/// Reads references to tasks: numbers, words of titles, places in the last list, pronouns, kinds of tasks.
final class Resolver {
    let sentence: Sentence
    let finder: TaskFinder
    let topic: ChatTopic
    let reader: PieceReader
    /// What the user answered when asked.
    let answer: Answer?
    /// The tasks that are meant, whatever is said.
    let forced: [Int]?
    let tags: Set<String>
    private var cache: [String: Found] = [:]
    private var selections: [Range<Int>: Selection?] = [:]

    private var words: TalkWords { finder.words }

    /// Which of the tasks that were asked about it is.
    struct Answer {
        var kind: ChatTopic.Question.Kind
        var tasks: [Int]
    }

    /// Tasks chosen of those that fit, or of all of a kind.
    var chosen: [Int]? { answer.flatMap { $0.kind == .which || $0.kind == .whether ? $0.tasks : nil } }
    private var chosenNearest: [Int]? { answer.flatMap { $0.kind == .nearest ? $0.tasks : nil } }

    init(
        _ sentence: Sentence, _ finder: TaskFinder, _ topic: ChatTopic, _ reader: PieceReader, tags: Set<String>,
        answer: Answer?, forced: [Int]?
    ) {
        self.sentence = sentence
        self.finder = finder
        self.topic = topic
        self.reader = reader
        self.answer = answer
        self.forced = forced
        self.tags = tags
    }

    func find(_ range: Range<Int>, in pool: TaskFinder.Pool, includesDone: Bool = false) -> Found {
        if let forced { return .tasks(forced, isSelection: false) }
        let key = "\(range) \(pool) \(includesDone)"
        if let known = cache[key] { return known }
        let found = read(range, pool, includesDone)
        cache[key] = found
        return found
    }

    /// A kind of tasks, as a question means it.
    func asked(_ range: Range<Int>) -> Selection? {
        if let known = selections[range] { return known }
        let found = SelectionReader(sentence: sentence, words: words, reader: reader, tags: tags, isQuestion: true)
            .read(range)
        selections[range] = .some(found)
        return found
    }

    private func read(_ range: Range<Int>, _ pool: TaskFinder.Pool, _ includesDone: Bool) -> Found {
        if let found = pronoun(range) ?? numbers(range) ?? places(range) { return found }
        if range.count == 1, let quoted = sentence.words[range.lowerBound].quoted { return titled(quoted, pool) }
        let kind = SelectionReader(sentence: sentence, words: words, reader: reader, tags: tags, isQuestion: false)
            .read(range)
        if let kind { return selected(kind, range, includesDone) }
        if let every = every(range, pool) { return every }
        let whole = named(range, pool)
        if whole.stage < 2 { return whole }
        return list(range, pool, includesDone) ?? whole
    }

    private func selected(_ kind: Selection, _ range: Range<Int>, _ includesDone: Bool) -> Found {
        let tasks = kind.tasks(in: finder, at: reader.context, includesDone: includesDone && kind.isPlain)
        if kind.isPlain, !kind.hasNoun, topic.lastVerb == "list", topic.listed.count > 1, chosen == nil {
            // "everything", said of a list.
            return .tasks(topic.listed, isSelection: true)
        }
        if let chosen {
            let kept = tasks.map(\.number).filter(chosen.contains)
            if !kept.isEmpty { return .tasks(kept, isSelection: true) }
        }
        if tasks.isEmpty { return .nothing(sentence.text(range), nearest: []) }
        return .tasks(tasks.map(\.number), isSelection: true)
    }

    // MARK: What was spoken of

    private func pronoun(_ range: Range<Int>) -> Found? {
        let said = sentence.texts(range)
        if words.single.contains(said) { return one(of: topic.named) }
        if words.several.contains(said) {
            let known = topic.named.count > 1 ? topic.named : topic.listed.isEmpty ? topic.named : topic.listed
            return known.isEmpty ? .nobody : .tasks(known, isSelection: false)
        }
        if words.other.contains(said) {
            let rest = topic.listed.filter { !topic.named.contains($0) }
            return rest.isEmpty ? .nobody : .tasks(rest, isSelection: false)
        }
        return nil
    }

    /// The task that "it" means, where nothing else is said.
    func one(of numbers: [Int]) -> Found {
        if numbers.count == 1 { return .tasks(numbers, isSelection: false) }
        if numbers.isEmpty { return topic.listed.count == 1 ? .tasks(topic.listed, isSelection: false) : .nobody }
        return chosen.map { .tasks($0, isSelection: false) } ?? .several(numbers)
    }

    // MARK: Numbers

    /// "5", "#5", "task 5", "number 5", "1, 8 and 9"
    private func numbers(_ range: Range<Int>) -> Found? {
        var found: [Int] = []
        for place in range {
            let word = sentence.words[place].text
            if let number = Int(word.hasPrefix("#") ? String(word.dropFirst()) : word), number > 0,
                sentence.words[place].quoted == nil
            {
                if !found.contains(number) { found.append(number) }
            } else if words.numberWords.contains(word) || words.articles.contains(word) && found.isEmpty
                || words.nouns.contains(word) && found.isEmpty
            {
                continue
            } else if !(words.and.contains(word) && !found.isEmpty && place + 1 < range.upperBound) {
                return nil
            }
        }
        guard !found.isEmpty else { return nil }
        for number in found where finder.task(number) == nil { return .noNumber(number) }
        return .tasks(found, isSelection: false)
    }

    // MARK: Places in the last list

    /// "the first", "the second one", "the last two", "the first and the third"
    private func places(_ range: Range<Int>) -> Found? {
        guard !topic.listed.isEmpty else { return nil }
        return PlaceReader(sentence: sentence, words: words, context: reader.context)
            .read(range, in: topic.listed).map { .tasks($0, isSelection: false) }
    }

    // MARK: Words of titles

    private func titled(_ quoted: String, _ pool: TaskFinder.Pool) -> Found {
        let exact = finder.tasks.filter { $0.title.lowercased() == quoted.lowercased() && pool.rank($0) != nil }
        let best = exact.filter { pool.rank($0) == 0 }
        if let only = best.count == 1 ? best.first : exact.count == 1 ? exact.first : nil {
            return .tasks([only.number], isSelection: false)
        }
        return outcome(of: Resolver.words(of: quoted), quoted, pool)
    }

    /// The words of a text, without marks.
    static func words(of text: String) -> [String] { Sentence(text).words.filter { $0.quoted == nil }.map(\.text) }

    private func named(_ range: Range<Int>, _ pool: TaskFinder.Pool) -> Found {
        var all: [String] = []
        for place in range {
            let word = sentence.words[place]
            if let quoted = word.quoted { all += Resolver.words(of: quoted) } else { all.append(word.text) }
        }
        all = withoutDay(all)
        while let last = all.last, all.count > 1, words.nouns.contains(last) { all.removeLast() }
        while let first = all.first, all.count > 1, words.articles.contains(first) || words.nouns.contains(first) {
            all.removeFirst()
        }
        return outcome(of: all, sentence.text(range), pool)
    }

    /// "both invoices", "all the emails"
    private func every(_ range: Range<Int>, _ pool: TaskFinder.Pool) -> Found? {
        guard range.count > 1, words.everyWords.contains(sentence.words[range.lowerBound].text) else { return nil }
        let rest = sentence.texts(range.lowerBound + 1..<range.upperBound).filter {
            !words.articles.contains($0) && !words.plurals.contains($0)
        }
        let found = rest.isEmpty ? [] : finder.find(rest, in: pool)
        guard !found.isEmpty else { return nil }
        let kept = chosen.map { chosen in found.filter(chosen.contains) } ?? found
        return .tasks(kept.isEmpty ? found : kept, isSelection: true)
    }

    /// "this week's swimming lesson" is the swimming lesson.
    private func withoutDay(_ all: [String]) -> [String] {
        for count in 1...2 where all.count > count {
            for mark in words.possessives where all[count - 1].hasSuffix(mark) {
                let day = String(all.prefix(count).joined(separator: " ").dropLast(mark.count))
                if reader.days(day) != nil { return Array(all.dropFirst(count)) }
            }
        }
        return all
    }

    private func outcome(of all: [String], _ text: String, _ pool: TaskFinder.Pool) -> Found {
        let pieces = all.flatMap { word in
            word.split { !($0.isLetter || $0.isNumber || $0 == "'") }.map { Resolver.plain(String($0), words) }
        }
        guard pieces.contains(where: { !words.empty.contains($0) && !words.articles.contains($0) }) else {
            return .nothing(text, nearest: [])
        }
        let found = finder.find(pieces, in: pool)
        if found.count == 1 { return .tasks(found, isSelection: false) }
        if found.isEmpty, let chosenNearest { return .tasks(chosenNearest, isSelection: false) }
        if found.count > 1, let chosen, Set(chosen).isSubset(of: found) { return .tasks(chosen, isSelection: false) }
        return found.isEmpty ? .nothing(text, nearest: finder.nearest(pieces, in: pool)) : .several(found)
    }

    /// "anna's" is "anna".
    private static func plain(_ word: String, _ words: TalkWords) -> String {
        for mark in words.possessives where word.hasSuffix(mark) && word.count > mark.count + 1 {
            return String(word.dropLast(mark.count))
        }
        return word
    }

    // MARK: Several

    private func list(_ range: Range<Int>, _ pool: TaskFinder.Pool, _ includesDone: Bool) -> Found? {
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        for place in range {
            let word = sentence.words[place]
            if words.and.contains(word.text), word.quoted == nil {
                if place > start { pieces.append(start..<place) }
                start = place + 1
            } else if word.hasComma, place + 1 < range.upperBound {
                pieces.append(start..<place + 1)
                start = place + 1
            }
        }
        if start < range.upperBound { pieces.append(start..<range.upperBound) }
        guard pieces.count > 1, pieces.count <= 10 else { return nil }
        var all: [Int] = []
        var isSelection = false
        for piece in pieces {
            let found = find(piece, in: pool, includesDone: includesDone)
            guard case .tasks(let numbers, let isKind) = found else { return found }
            isSelection = isSelection || isKind
            for number in numbers where !all.contains(number) { all.append(number) }
        }
        return .tasks(all, isSelection: isSelection)
    }
}

/// Reads places in a list.
struct PlaceReader {
    let sentence: Sentence
    let words: TalkWords
    let context: LanguageContext

    /// - Returns: nil when the words are no places, or the list is shorter.
    func read(_ range: Range<Int>, in list: [Int]) -> [Int]? {
        let texts = sentence.texts(range).filter {
            !words.articles.contains($0) && !words.nouns.contains($0) && !words.plurals.contains($0)
        }
        guard !texts.isEmpty, texts.count <= 6 else { return nil }
        var found: [Int] = []
        var place = 0
        while place < texts.count {
            let word = texts[place]
            place += 1
            if words.and.contains(word), !found.isEmpty { continue }
            guard Int(word) == nil, let ordinal = ordinal(word) else { return nil }
            let count = place < texts.count ? NumberWords.count(texts[place], in: context) : nil
            if let count, ordinal == 1 || ordinal == -1, texts[place] != "a" {
                place += 1
                guard count <= list.count else { return nil }
                found += ordinal == 1 ? Array(list.prefix(count)) : Array(list.suffix(count))
            } else {
                let index = ordinal > 0 ? ordinal - 1 : list.count + ordinal
                guard list.indices.contains(index) else { return nil }
                found.append(list[index])
            }
        }
        return found.isEmpty ? nil : found
    }

    private func ordinal(_ word: String) -> Int? {
        if let ordinal = NumberWords.ordinal(word, in: context) { return ordinal }
        guard word.count >= 4, let meant = words.placeNames.first(where: { Slip.isOneOff(word, $0) }) else {
            return nil
        }
        return NumberWords.ordinal(meant, in: context)
    }
}
