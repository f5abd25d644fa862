import CivilTime
import TaskLanguage

/// Reads a kind of tasks: "all my overdue high priority tasks tagged home due this week". Days, priorities and ranges
/// are read by ``TaskLanguage``; here is only what holds them together.
struct SelectionReader {
    let sentence: Sentence
    let words: TalkWords
    let reader: PieceReader
    let tags: Set<String>
    /// Whether it is asked about: then words such as "do I have" may stand in it.
    let isQuestion: Bool

    private struct State {
        var place: Int
        var selection = Selection()
        /// Words that may be a tag or a part of a title, if "tasks" follows.
        var hasLoose = false
        /// Behind "or": how many conditions there were.
        var orAt: Int?
    }

    /// - Returns: nil when not all of the words are understood.
    func read(_ range: Range<Int>) -> Selection? {
        guard !range.isEmpty, range.count <= 24, !range.contains(where: { sentence.words[$0].quoted != nil })
        else { return nil }
        var state = State(place: range.lowerBound)
        let isClause = !isQuestion && range.count > 1 && words.relatives.contains(text(range.lowerBound))
        if isClause { state.place += 1 }
        while state.place < range.upperBound {
            if words.or.contains(text(state.place)), !state.selection.conditions.isEmpty {
                state.orAt = state.selection.conditions.count
                state.place += 1
                continue
            }
            guard step(&state, range.upperBound) else { return nil }
            join(&state)
        }
        let found = state.selection
        let says = found.hasQuantifier || found.hasNoun || isQuestion || hasSign(range) || isClause && !found.isPlain
        guard says, !(found.isPlain && !found.hasQuantifier && !found.hasNoun) else { return nil }
        if state.hasLoose, !(found.hasNoun || isQuestion) { return nil }
        return found
    }

    /// What stood before "or" and what came behind it.
    private func join(_ state: inout State) {
        guard let count = state.orAt, state.selection.conditions.count > count else { return }
        let second = state.selection.conditions.removeLast()
        let first = state.selection.conditions.removeLast()
        state.selection.conditions.append(.any([first, second]))
        state.orAt = nil
    }

    private func hasSign(_ range: Range<Int>) -> Bool { sentence.words[range.lowerBound].text.first == "#" }

    private func text(_ place: Int) -> String { sentence.words[place].text }

    private func phrase(_ phrases: [[String]], _ place: Int, _ end: Int) -> Int? {
        phrases.filter { phrase in
            place + phrase.count <= end && phrase.indices.allSatisfy { text(place + $0) == phrase[$0] }
        }.map(\.count).max()
    }

    private func step(_ state: inout State, _ end: Int) -> Bool {
        takeTrait(&state, end) || takeTagged(&state, end) || takeSign(&state) || takeBound(&state, end)
            || takeDays(&state, end) || takePriority(&state, end) || takeSearch(&state, end) || takeAbout(&state, end)
            || takeNoun(&state) || takeLooseTag(&state, end) || takeFiller(&state)
    }

    private func takeTrait(_ state: inout State, _ end: Int) -> Bool {
        let fits = words.traits.filter { trait in
            state.place + trait.0.count <= end
                && trait.0.indices.allSatisfy { isSame(text(state.place + $0), trait.0[$0]) }
        }
        guard let (found, trait) = fits.max(by: { $0.0.count < $1.0.count }) else { return false }
        state.place += found.count
        switch trait {
        case .overdue: state.selection.conditions.append(.overdue)
        case .done:
            state.selection.wantsDone = true
            if let (days, next) = days(from: state.place, end) {
                state.selection.doneOn = days
                state.place = next
            }
        case .open: state.selection.conditions.append(.not(.completed))
        case .recurring: state.selection.conditions.append(.recurring)
        case .untagged: state.selection.conditions.append(.untagged)
        case .undated: state.selection.conditions.append(.noDue)
        case .deleted: state.selection.wantsDeleted = true
        case .reminded: state.selection.conditions.append(.reminders)
        }
        return true
    }

    private func isSame(_ said: String, _ word: String) -> Bool {
        said == word || word.utf8.count >= 6 && !words.known.contains(said) && Slip.isOneOff(said, word)
    }

    /// "tagged home", "tagged home and work"
    private func takeTagged(_ state: inout State, _ end: Int) -> Bool {
        guard let length = phrase(words.tagged, state.place, end), state.place + length < end else { return false }
        var place = state.place + length
        var names: [FilterExpression] = []
        while place < end {
            let word = text(place)
            let name = word.hasPrefix("#") ? String(word.dropFirst()) : word
            if words.and.contains(word), !names.isEmpty { place += 1; continue }
            guard names.isEmpty || tags.contains(name) || word.hasPrefix("#") else { break }
            names.append(.tag(name))
            place += 1
        }
        guard !names.isEmpty else { return false }
        state.selection.conditions += names
        state.place = place
        state.selection.hasNoun = true
        return true
    }

    private func takeSign(_ state: inout State) -> Bool {
        let word = text(state.place)
        guard word.hasPrefix("#") || word.hasPrefix("@"), word.dropFirst().contains(where: \.isLetter) else {
            return false
        }
        state.selection.conditions.append(.tag(String(word.dropFirst())))
        state.place += 1
        return true
    }

    /// "due before friday", "after the 5th"
    private func takeBound(_ state: inout State, _ end: Int) -> Bool {
        var place = state.place
        if words.due.contains(text(place)) { place += 1 }
        guard place < end else { return false }
        let isBefore = words.before.contains(text(place))
        guard isBefore || words.after.contains(text(place)), let (days, next) = days(from: place + 1, end) else {
            return false
        }
        let isThrough = words.through.contains(text(place))
        state.selection.conditions.append(
            isBefore
                ? .due(from: nil, to: isThrough ? days.upperBound : days.lowerBound)
                : .due(from: days.upperBound, to: nil)
        )
        state.place = next
        return true
    }

    /// "due this week", "from today", "today's", "on friday"
    private func takeDays(_ state: inout State, _ end: Int) -> Bool {
        var place = state.place
        if words.due.contains(text(place)) {
            place += 1
            if place == end || isQuestion, days(from: place, end) == nil { state.place += 1; return isQuestion }
        }
        if let (days, next) = days(from: place, end) {
            state.selection.conditions.append(.due(from: days.lowerBound, to: days.upperBound))
            state.place = next
            return true
        }
        if place + 1 < end, words.about.contains(text(place)), let (days, next) = days(from: place + 1, end) {
            state.selection.conditions.append(.due(from: days.lowerBound, to: days.upperBound))
            state.place = next
            return true
        }
        for mark in words.possessives where text(place).hasSuffix(mark) {
            let day = String(text(place).dropLast(mark.count))
            guard let days = reader.days(day) else { continue }
            state.selection.conditions.append(.due(from: days.lowerBound, to: days.upperBound))
            state.place = place + 1
            return true
        }
        return false
    }

    /// The longest piece from here on that is a range of days.
    private func days(from place: Int, _ end: Int) -> (Range<LocalDate>, Int)? {
        guard place < end else { return nil }
        for stop in stride(from: min(end, place + 6), to: place, by: -1) {
            if let days = reader.days(sentence.text(place..<stop)) { return (days, stop) }
        }
        return nil
    }

    private func takePriority(_ state: inout State, _ end: Int) -> Bool {
        for stop in stride(from: min(end, state.place + 2), to: state.place, by: -1) {
            guard let level = reader.priority(sentence.text(state.place..<stop)) else { continue }
            if case .priority(let before)? = state.selection.conditions.last {
                state.selection.conditions.removeLast()
                state.selection.conditions.append(.any([.priority(before), .priority(level)]))
            } else {
                state.selection.conditions.append(.priority(level))
            }
            state.place = stop
            return true
        }
        if words.priorityNouns.contains(text(state.place)),
            case .priority? = state.selection.conditions.last
        {
            state.place += 1
            return true
        }
        return false
    }

    /// "about the dentist": to the end
    private func takeSearch(_ state: inout State, _ end: Int) -> Bool {
        guard words.searching.contains(text(state.place)), state.place + 1 < end,
            state.selection.hasNoun || state.selection.hasQuantifier
        else { return false }
        state.selection.conditions.append(.search(sentence.text(state.place + 1..<end)))
        state.selection.searches = true
        state.place = end
        return true
    }

    /// "for work", "in home"
    private func takeAbout(_ state: inout State, _ end: Int) -> Bool {
        guard words.about.contains(text(state.place)), state.place + 1 < end, tags.contains(text(state.place + 1))
        else {
            return false
        }
        state.selection.conditions.append(.tag(text(state.place + 1)))
        state.place += 2
        return true
    }

    private func takeNoun(_ state: inout State) -> Bool {
        let word = text(state.place)
        let isWhole = words.wholes.contains { isSame(word, $0) }
        if isWhole || words.quantifiers.contains(word) {
            state.selection.hasQuantifier = true
            state.place += 1
            return true
        }
        guard words.plurals.contains(word) else { return false }
        state.selection.hasNoun = true
        state.place += 1
        return true
    }

    /// "work tasks"
    private func takeLooseTag(_ state: inout State, _ end: Int) -> Bool {
        let word = text(state.place)
        guard tags.contains(word) || state.place + 1 < end && tags.contains(word) else { return false }
        state.selection.conditions.append(.tag(word))
        state.hasLoose = true
        state.place += 1
        return true
    }

    private func takeFiller(_ state: inout State) -> Bool {
        let word = text(state.place)
        // "was heute fällig ist"
        var isDue = false
        if case .due? = state.selection.conditions.last { isDue = words.due.contains(word) }
        guard isDue || words.someFillers.contains(word) || isQuestion && words.askFillers.contains(word) else {
            return false
        }
        state.place += 1
        return true
    }
}
