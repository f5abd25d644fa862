public import CivilTime

/// What readers need besides the file.
public struct ReaderOptions: Hashable, Sendable {
    /// The zone of the person whose tasks they become. Programs that keep moments alone mean the clock of their person:
    /// midnight there is a day without a time.
    public var zone: Zone

    /// Octets that a file may have which is read as a whole.
    public var wholeBytesMax: Int

    public init(zone: Zone = .utc, wholeBytesMax: Int = .max) {
        self.zone = zone
        self.wholeBytesMax = wholeBytesMax
    }
}
