import CivilTime

/// Pieces of the sentences in which outcomes are told.
enum Sentences {
    /// `No tasks`, `1 task`, `2 tasks`.
    static func count(_ count: Int, _ noun: String) -> String {
        switch count {
        case 0: "No \(noun)s"
        case 1: "1 \(noun)"
        default: "\(count) \(noun)s"
        }
    }
}

extension TodoTask {
    /// `12: Pay rent`, as people are told of a task.
    var label: String { "\(number): \(title)" }

    /// ` · 2026-01-20 18:00`, or nothing.
    var dueSuffix: String {
        guard let due else { return "" }
        let words =
            switch due {
            case .date(let date): date.description
            case .floating(let date, let time): "\(date) \(time)"
            case .zoned(let date, let time, let zone): "\(date) \(time) \(zone.identifier)"
            }
        return " · \(words)"
    }
}
