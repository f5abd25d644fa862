/// What happened, as a name: a noun and a past verb, `task.created`. An open set; what is done about those that are
/// known is in ``EventTypes``.
public struct EventType: Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    public var description: String { name }
}
