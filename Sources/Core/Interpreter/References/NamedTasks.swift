public import TaskLanguage

/// Which tasks a sentence names: for whoever acts for its speaker, and may touch no others.
///
/// A task is named by its number, or by words of its title that mean nothing else: words of commands, dates and the
/// like name none.
public struct NamedTasks: Hashable, Sendable {
    private var said: Set<Int> = []
    /// Which words of the sentence are of the title, by their places.
    private var matches: [Int: Set<Int>] = [:]
    private var words = 0
    private let open: Set<Int>

    /// Takes time in proportion to the words of the sentence and of all titles.
    public init(in sentence: String, among tasks: [KnownTask], in context: LanguageContext) {
        open = Set(tasks.lazy.filter(\.isPending).map(\.number))
        let table = TalkWords.of(context.language)
        let finder = TaskFinder(tasks, table)
        let read = Sentence(sentence)
        let spans = QuickAdd.parse(sentence, in: context).spans.map(\.range)
        var seen: Set<String> = []
        for word in read.words {
            if let quoted = word.quoted {
                for part in Resolver.words(of: quoted) where seen.insert(part).inserted { weigh(part, finder) }
                continue
            }
            if word.text.first == "#", let number = Int(word.text.dropFirst()) {
                said.insert(number)
                continue
            }
            let start = word.range.lowerBound.utf16Offset(in: sentence)
            if spans.contains(where: { $0.contains(start) }) { continue }
            if let number = Int(word.text) {
                said.insert(number)
            } else if !table.saysNothing(word.text), seen.insert(word.text).inserted {
                weigh(word.text, finder)
            }
        }
        said.formIntersection(tasks.lazy.map(\.number))
    }

    private mutating func weigh(_ word: String, _ finder: TaskFinder) {
        words += 1
        for number in finder.numbers(with: word) { matches[number, default: []].insert(words) }
    }

    public func contains(_ number: Int) -> Bool { said.contains(number) || matches[number] != nil }

    /// Whether it is named, and no other by all the same words: of tasks that are done none is meant while one is open.
    public func isClear(_ number: Int) -> Bool {
        if said.contains(number) { return true }
        guard let words = matches[number] else { return false }
        let isOpen = open.contains(number)
        return !matches.contains { other, rival in
            other != number && rival.isSuperset(of: words) && (!isOpen || open.contains(other))
        }
    }
}

extension TalkWords {
    /// Whether a word tells nothing about which task is meant, since sentences about any task have it.
    fileprivate func saysNothing(_ word: String) -> Bool {
        empty.contains(word) || articles.contains(word) || nouns.contains(word) || known.contains(word)
            || quantifiers.contains(word) || wholes.contains(word) || plurals.contains(word)
            || word.unicodeScalars.allSatisfy { $0.isASCII } && word.count < 3
    }
}
