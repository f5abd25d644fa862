import CivilTime
import TaskLanguage

/// Questions about several tasks.
struct Asking {
    let clause: ClauseReader

    private var context: LanguageContext { clause.context }
    private var today: LocalDate { context.today }

    func outcome(of pattern: Pattern, _ filling: Filling) -> Outcome? {
        switch pattern.verb {
        case .finished: return finished(filling)
        case .agenda: return agenda(filling)
        case .find: return found(filling)
        case .count:
            guard let range = filling[.some] else { return counted(finished(filling)) }
            guard let kind = clause.resolver.asked(range) else { return nil }
            let numbers = kind.tasks(in: clause.finder, at: context).map(\.number)
            return .tell(.count(numbers.count, numbers))
        default: return listed(pattern, filling)
        }
    }

    private func listed(_ pattern: Pattern, _ filling: Filling) -> Outcome? {
        if let range = filling[.some] {
            guard let kind = clause.resolver.asked(range) else { return nil }
            return .tell(.tasks(kind.tasks(in: clause.finder, at: context).map(\.number)))
        }
        var kind = Selection()
        if !pattern.literals.isDisjoint(with: clause.words.lateWords) { kind.conditions = [.overdue] }
        if let days = days(filling) { kind.conditions = [.due(from: days.lowerBound, to: days.upperBound)] }
        return .tell(.tasks(kind.tasks(in: clause.finder, at: context).map(\.number)))
    }

    private func counted(_ outcome: Outcome) -> Outcome {
        guard case .tell(.tasks(let numbers)) = outcome else { return outcome }
        return .tell(.count(numbers.count, numbers))
    }

    private func days(_ filling: Filling) -> Range<LocalDate>? {
        filling[.range].flatMap { clause.days($0) }
    }

    private func finished(_ filling: Filling) -> Outcome {
        var kind = Selection()
        kind.wantsDone = true
        kind.doneOn = days(filling)
        return .tell(.tasks(kind.tasks(in: clause.finder, at: context).map(\.number)))
    }

    /// Without days: what comes next.
    private func agenda(_ filling: Filling) -> Outcome {
        var kind = Selection()
        let days = days(filling)
        kind.conditions = [.due(from: days?.lowerBound, to: days?.upperBound)]
        let numbers = kind.tasks(in: clause.finder, at: context).map(\.number)
        return .tell(.tasks(days == nil ? Array(numbers.prefix(10)) : numbers))
    }

    private func found(_ filling: Filling) -> Outcome? {
        guard let range = filling[.text] else { return nil }
        let text = clause.sentence.text(range)
        var words = Resolver.words(of: text).flatMap {
            $0.split { !($0.isLetter || $0.isNumber || $0 == "'") }.map(String.init)
        }
        while let last = words.last, words.count > 1, clause.words.plurals.contains(last) { words.removeLast() }
        let numbers = clause.finder.find(words, in: .live)
        let sorted = clause.finder.tasks.filter { numbers.contains($0.number) }.map(\.number)
        return .tell(.tasks(sorted))
    }
}
