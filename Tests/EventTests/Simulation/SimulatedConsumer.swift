import ErrandCore
import EventDelivery
import Synchronization

/// Notes what it handles. Some events it never can, some not at first.
final class SimulatedConsumer: EventConsumer {
    let role: ProcessRole
    let types: Set<EventType>? = nil
    private let poison: Set<EventID>
    /// How often an event still fails.
    private let flaky: Mutex<[EventID: Int]>

    init(role: ProcessRole, poison: Set<EventID>, flaky: [EventID: Int]) {
        self.role = role
        self.poison = poison
        self.flaky = Mutex(flaky)
    }

    func effect(of event: Event) throws(ErrandError) -> EventEffect {
        { (context) throws(ErrandError) in try self.handle(event, in: context) }
    }

    private func handle(_ event: Event, in context: EventContext) throws(ErrandError) {
        guard let transaction = context.transaction as? ModelTransaction else {
            preconditionFailure("The simulation has its own store.")
        }
        // First the effect, then the failure: it has to be taken back.
        transaction.record(event.id, by: role.rawValue)
        if poison.contains(event.id) { throw .malformedEvent("It is poison.") }
        let isFailing = flaky.withLock { flaky in
            guard let left = flaky[event.id], left > 0 else { return false }
            flaky[event.id] = left - 1
            return true
        }
        if isFailing { throw .unavailable }
    }
}
