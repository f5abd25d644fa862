import TaskLanguage

/// A way to say something: words, alternatives and what is to be filled in.
///
/// `mark <task> [as] {done|all done}`: words as they are, `[…]` may be left out, `{…|…}` one of them, `<…>` a slot.
struct Pattern: Sendable {
    indirect enum Part: Sendable {
        case word(String)
        case slot(Slot)
        case either([[Part]])
    }

    /// What stands in a slot.
    enum Slot: String, Hashable, Sendable {
        /// One task or several.
        case task
        /// Open tasks by what is done in the past: "watered the plants".
        case deed
        /// A kind of tasks: "overdue ones tagged home".
        case some
        case when, range, shift, rule, priority, tags, text, title
    }

    let verb: Verb
    let parts: [Part]
    let source: String
    let slots: Set<Slot>

    init(_ verb: Verb, _ text: String) {
        self.verb = verb
        source = text
        var reader = PatternReader(text)
        parts = reader.sequence()
        slots = Pattern.slots(in: parts)
    }

    private static func slots(in parts: [Part]) -> Set<Slot> {
        parts.reduce(into: []) { found, part in
            switch part {
            case .word: break
            case .slot(let slot): found.insert(slot)
            case .either(let options): for option in options { found.formUnion(slots(in: option)) }
            }
        }
    }

    /// Whether it begins with the task, not with what to do.
    var startsOpen: Bool {
        ["<", "{i|", "{i'", "[i]", "[{just", "[all]", "{finished", "{erledigt", "{ich"].contains {
            source.hasPrefix($0)
        }
    }

    /// Every plain word of it.
    var literals: Set<String> { Pattern.literals(in: parts) }

    private static func literals(in parts: [Part]) -> Set<String> {
        parts.reduce(into: []) { found, part in
            switch part {
            case .word(let word): found.insert(word)
            case .slot: break
            case .either(let options): for option in options { found.formUnion(literals(in: option)) }
            }
        }
    }
}

/// Reads how patterns are written.
private struct PatternReader {
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    /// Up to the end, a bar or a closing bracket.
    mutating func sequence() -> [Pattern.Part] {
        var parts: [Pattern.Part] = []
        while let first = rest.first, !"|]}".contains(first) {
            rest.removeFirst()
            switch first {
            case " ": continue
            case "[": parts.append(.either(options() + [[]]))
            case "{": parts.append(.either(options()))
            case "<":
                let name = rest.prefix { $0 != ">" }
                rest = rest.dropFirst(name.count + 1)
                if let slot = Pattern.Slot(rawValue: String(name)) { parts.append(.slot(slot)) }
            default:
                let word = rest.prefix { !" []{}|<".contains($0) }
                rest = rest.dropFirst(word.count)
                parts.append(.word(String(first) + word))
            }
        }
        return parts
    }

    /// Behind an opening bracket, through the closing one.
    private mutating func options() -> [[Pattern.Part]] {
        var found = [sequence()]
        while rest.first == "|" {
            rest.removeFirst()
            found.append(sequence())
        }
        rest = rest.dropFirst()
        return found
    }
}

/// What fills the slots of a pattern: words by place.
typealias Filling = [Pattern.Slot: Range<Int>]

/// Finds how a sentence fits a pattern.
struct PatternMatch {
    let words: [Sentence.Word]
    /// Words that are right as they are: no slip of another.
    let known: Set<String>

    /// - Parameters:
    ///   - range: of the sentence, all of which has to fit.
    ///   - canFill: whether these words can stand in a slot; asked often, so it has to be quick.
    ///   - accept: asked of each way to fill all slots; the first that is accepted is taken.
    func find(
        _ pattern: Pattern, in range: Range<Int>, canFill: (Pattern.Slot, Range<Int>) -> Bool,
        accept: (Filling) -> Bool
    ) -> Bool {
        step(pattern.parts[...], range.lowerBound, range.upperBound, [:], canFill) { place, filling in
            place == range.upperBound && accept(filling)
        }
    }

    private func step(
        _ parts: ArraySlice<Pattern.Part>, _ place: Int, _ end: Int, _ filling: Filling,
        _ canFill: (Pattern.Slot, Range<Int>) -> Bool, _ next: (Int, Filling) -> Bool
    ) -> Bool {
        guard let part = parts.first else { return next(place, filling) }
        let rest = parts.dropFirst()
        switch part {
        case .word(let word):
            guard place < end, fits(place, word) else { return false }
            return step(rest, place + 1, end, filling, canFill, next)
        case .either(let options):
            return options.contains { option in
                step(option[...], place, end, filling, canFill) { place, filling in
                    step(rest, place, end, filling, canFill, next)
                }
            }
        case .slot(let slot):
            guard place < end else { return false }
            for stop in (place + 1)...end where canFill(slot, place..<stop) {
                var filling = filling
                filling[slot] = place..<stop
                if step(rest, stop, end, filling, canFill, next) { return true }
            }
            return false
        }
    }

    private func fits(_ place: Int, _ word: String) -> Bool {
        let said = words[place]
        guard said.quoted == nil else { return false }
        if said.text == word { return true }
        guard word.utf8.count >= 4, said.text.utf8.count >= 4, !known.contains(said.text),
            Slip.isOneOff(said.text, word)
        else { return false }
        // Of a short word, only two letters may have changed places.
        return word.utf8.count >= 6 && said.text.utf8.count >= 5 || said.text.utf8.sorted() == word.utf8.sorted()
    }
}
