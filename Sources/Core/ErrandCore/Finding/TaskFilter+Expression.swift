public import CivilTime
import TaskLanguage

extension TaskFilter {
    /// A filter expression whose days have become instants.
    public indirect enum Expression: Hashable, Sendable {
        case all([Expression])
        case any([Expression])
        case not(Expression)
        /// The key of a tag; see ``Tag/key``.
        case tag(String)
        case untagged
        case priority(Priority)
        /// Starts within; either end may be open.
        case due(from: Instant?, to: Instant?)
        case noDue
        case overdue(asOf: Instant)
        case recurring
        case completed
        case reminders
        case search(SearchQuery)
        case created(from: Instant?, to: Instant?)

        /// Whether a task may come in or fall out of it from one moment to the next without being changed.
        var asksForMoment: Bool {
            switch self {
            case .all(let parts), .any(let parts): parts.contains(where: \.asksForMoment)
            case .not(let inner): inner.asksForMoment
            case .overdue: true
            default: false
            }
        }

        /// - Parameter settings: of the user whose days are meant.
        init(_ expression: FilterExpression, _ settings: UserSettings, now: Instant) {
            func start(_ date: LocalDate?) -> Instant? {
                date.map { settings.zone.instant(of: $0, at: .midnight) }
            }
            func resolved(_ parts: [FilterExpression]) -> [Expression] {
                parts.map { Expression($0, settings, now: now) }
            }
            self =
                switch expression {
                case .all(let parts): .all(resolved(parts))
                case .any(let parts): .any(resolved(parts))
                case .not(let inner): .not(Expression(inner, settings, now: now))
                case .tag(let name): .tag(Tag(name: name).key)
                case .untagged: .untagged
                case .priority(let priority): .priority(Priority(name: priority.rawValue) ?? .standard)
                case .due(let from, let to): .due(from: start(from), to: start(to))
                case .noDue: .noDue
                case .overdue: .overdue(asOf: now)
                case .recurring: .recurring
                case .completed: .completed
                case .reminders: .reminders
                case .search(let words): .search(SearchQuery(words))
                case .created(let from, let to): .created(from: start(from), to: start(to))
                }
        }
    }
}
