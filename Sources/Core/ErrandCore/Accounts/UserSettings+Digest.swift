package import CivilTime

extension UserSettings {
    /// When the next digest comes after `instant`, on the user's clock; nil where none is wanted.
    package func nextDigest(after instant: Instant) -> Instant? {
        guard let digestAt else { return nil }
        let today = zone.local(at: instant).date
        let first = zone.instant(of: today, at: digestAt)
        return first > instant ? first : zone.instant(of: today.adding(days: 1), at: digestAt)
    }
}
