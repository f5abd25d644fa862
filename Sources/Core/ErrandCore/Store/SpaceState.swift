/// How far a space has come. While it stays the same, so do the tasks, tags and saved filters in it, and whatever was
/// derived for them; the trash alone does not: what has been there for long leaves it without a change.
public struct SpaceState: Hashable, Sendable {
    /// The last change.
    public let change: ChangeNumber
    /// The event of that change. A database that was restored from an older backup gives the same numbers again to
    /// other changes, but not the same ids. Nil where events of that age are removed.
    public let event: EventID?
    /// How far the installation follows an edition of the zone rules, which moves instants without a change of their
    /// space.
    public let zones: ZoneDataNote?

    public init(change: ChangeNumber, event: EventID?, zones: ZoneDataNote?) {
        self.change = change
        self.event = event
        self.zones = zones
    }
}
