import TaskLanguage

/// The words of one language that one talks about tasks with. The rules are the same for all; a language is one such
/// table. Words about time, priorities and rules are in the tables of ``TaskLanguage``.
struct TalkWords: Sendable {
    /// What a word before or behind "tasks" says of them.
    enum Trait: Sendable {
        case overdue, done, open, recurring, untagged, undated, reminded, deleted
    }

    /// Ways to say things, most special first.
    var patterns: [Pattern] = []
    /// Ways that are only tried where none of those fits.
    var broadPatterns: [Pattern] = []
    /// Passed over before and behind a sentence.
    var openers: [[String]]
    var closers: [[String]]
    /// Where a list is named behind something to add: "to my list".
    var listPhrases: [[String]]
    /// Words that are right although they are one letter off a word of a pattern.
    var lookalikes: Set<String>

    /// Words of a reference that say nothing: "the", "my".
    var articles: Set<String>
    /// "task", "one": what a reference may end or begin with.
    var nouns: Set<String>
    /// "it", "that one".
    var single: [[String]]
    /// "them", "both of them".
    var several: [[String]]
    /// "the other one".
    var other: [[String]]
    /// "both", "all": of those just asked about.
    var both: [[String]]
    var neither: [[String]]
    var yes: [[String]]
    var no: [[String]]
    /// "only the first": a part of those asked about.
    var only: Set<String>
    var and: Set<String>
    /// Before a number: "number 5".
    var numberWords: Set<String>

    /// "all", "everything": a kind of tasks is meant.
    var quantifiers: Set<String>
    /// "everything": stands for tasks itself.
    var wholes: Set<String>
    /// "tasks", "ones".
    var plurals: Set<String>
    var traits: [([String], Trait)]
    /// Passed over inside of a kind of tasks.
    var someFillers: Set<String>
    /// And in questions.
    var askFillers: Set<String>
    /// "tagged", "with tag".
    var tagged: [[String]]
    /// "or": either of the two beside it.
    var or: Set<String>
    /// What asks for what is overdue: "missed".
    var lateWords: Set<String>
    /// Before a tag or a day: "for", "from".
    var about: Set<String>
    /// "due".
    var due: Set<String>
    var before: Set<String>
    var after: Set<String>
    /// Before words to look for: "about".
    var searching: Set<String>
    /// "'s" behind a day.
    var possessives: [String]

    /// Ends of words that do not change what is meant.
    var endings: Set<String>
    /// What a word in the past may come from.
    var irregular: [String: [String]]
    /// How a word in the past ends.
    var pastEndings: [String]
    /// Words that tell nothing about which task is meant.
    var empty: Set<String>
    /// What one begins a task with: "buy", "call".
    var taskVerbs: Set<String>
    /// Before several tasks in one line: "these".
    var manyLeads: [[String]]
    /// Whether words are made of words: then the beginning of one is a word.
    var joinsWords: Bool
    var say: Wording

    /// Every plain word: none of them is a slip of another.
    var known: Set<String> = []
    /// Between what was begun and the rest of it: "move the dentist" "to" "friday".
    var joiner: String
    /// Passed over before an answer: "I mean".
    var answerLeads: Set<String>
    /// Of ``before``, those that mean the day too: "by friday".
    var through: Set<String>
    var priorityNouns: Set<String>
    /// How words begin that ask for a reminder.
    var remindStems: [String]
    /// Before more to add: "also".
    var more: Set<String>
    /// What says in a pattern that a tag follows.
    var tagWords: Set<String>
    /// Before several that fit some words: "both invoices".
    var everyWords: Set<String>
    /// Places in a list by name, to know slips of them.
    var placeNames: [String]
    /// What is before something that is not meant, behind a comma: "at 19:30, not 18:00".
    var not: Set<String>
    /// The same without a comma: "friday instead of monday".
    var ratherThan: [[String]]
    /// What somebody calls their own, and how titles say whose: "mine" is the one "for me".
    var owners: [String: Set<String>]

    static func of(_ language: Language) -> TalkWords {
        switch language {
        case .english: readyEnglish
        case .german: readyGerman
        }
    }

    private static let readyEnglish = english.indexed()
    private static let readyGerman = german.indexed()

    private func indexed() -> TalkWords {
        var words = self
        words.known = lookalikes
        for pattern in patterns + broadPatterns { words.known.formUnion(pattern.literals) }
        for phrase in openers + closers + yes + no + both + neither { words.known.formUnion(phrase) }
        return words
    }

    /// A way to say something on each line.
    static func patterns(_ table: [(Verb, String)]) -> [Pattern] {
        table.flatMap { verb, text in text.split(separator: "\n").map { Pattern(verb, String($0)) } }
    }
}

/// Splits a table of phrases at its commas: `"it, that one"`.
func phrases(_ text: String) -> [[String]] {
    text.split { $0 == "," || $0 == "\n" }.map { $0.split(separator: " ").map(String.init) }
}

/// Splits a table of words at its spaces.
func words(_ text: String) -> Set<String> { Set(text.split(whereSeparator: \.isWhitespace).map(String.init)) }
