/// On which state of an object a change insists (RFC 9110 §13.1).
public enum CalendarCondition: Hashable, Sendable {
    case none
    /// There is none of that name yet (`If-None-Match: *`).
    case absent
    /// There is one, in whatever state (`If-Match: *`).
    case present
    /// There is one under one of these tags (`If-Match`).
    case tagged([String])

    func holds(for entry: CalendarEntry?) -> Bool {
        switch self {
        case .none: true
        case .absent: entry == nil
        case .present: entry != nil
        case .tagged(let tags): entry.map { tags.contains($0.tag) } ?? false
        }
    }
}
