public import CivilTime

/// How far each consumer has come in the log.
public protocol ConsumerTable {
    /// The sequence of the last event it is done with; 0 at the beginning.
    func place(of consumer: String) throws(ErrandError) -> Int64
    func setPlace(_ sequence: Int64, of consumer: String) throws(ErrandError)
    /// Puts an event aside that the consumer could not take.
    func park(_ event: StoredEvent, for consumer: String, reason: String, at instant: Instant) throws(ErrandError)
}
