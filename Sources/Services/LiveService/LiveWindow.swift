package import ErrandCore
import Synchronization

/// One open window: what it has been told, and what it still has to be told, in each space that it follows.
///
/// Changes come two ways, from the hub as they happen and from the log when some are missing. Change numbers have
/// no gaps, so the next one is sent, a known one is dropped, and a later one means that the log has to be read.
package final class LiveWindow: Sendable {
    /// Where its frames go.
    package enum Delivery: Sendable {
        case sent
        /// There is no room now.
        case full
        /// Nobody is there any more.
        case gone
    }

    /// How far it has come in one space.
    private struct Place {
        /// The last change number that was sent; nil before the first frame.
        var sent: ChangeNumber?
        /// The last change number that the hub has offered.
        var offered = ChangeNumber.none
    }

    private struct State {
        var places: [SpaceID: Place] = [:]
        /// Whether somebody reads the log for it.
        var isReading = false
        /// The change in its first space after which it wants to be told everything once more.
        var wish: ChangeNumber?
        /// Set once: why it was ended.
        var end: LiveEnd?
        /// Whether nobody is there any more.
        var isGone = false

        var isOver: Bool { end != nil || isGone }

        /// Whether it lacks what is known to have happened.
        var isBehind: Bool {
            places.values.contains { place in place.sent.map { $0 < place.offered } ?? false }
        }
    }

    package let userID: UserID
    /// The user's own space, then others: what `cursor` means in frames and messages is the place in the first.
    package let spaces: [SpaceID]
    private let deliver: @Sendable (LiveFrame) -> Delivery
    private let finish: @Sendable (LiveEnd) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - others: spaces that it follows beside the user's own.
    ///   - deliver: takes a frame without waiting.
    ///   - finish: ends the connection; called once.
    package init(
        userID: UserID, following others: [SpaceID] = [], deliver: @escaping @Sendable (LiveFrame) -> Delivery,
        finish: @escaping @Sendable (LiveEnd) -> Void
    ) {
        self.userID = userID
        spaces = [userID.personalSpace] + others
        self.deliver = deliver
        self.finish = finish
    }

    /// Ends the window. Only the first reason counts.
    package func end(_ reason: LiveEnd) {
        let isFirst = state.withLock { state in
            defer { state.end = state.end ?? reason }
            return state.end == nil
        }
        if isFirst { finish(reason) }
    }

    /// A change that has just happened in a space that the window follows.
    ///
    /// - Returns: whether the log has to be read for it.
    package func offer(_ frame: LiveFrame, _ number: ChangeNumber, in space: SpaceID) -> Bool {
        let (delivery, isBehind) = state.withLock { state -> (Delivery, Bool) in
            let place = state.places[space] ?? Place()
            state.places[space, default: place].offered = max(place.offered, number)
            guard !state.isOver, !state.isReading, let last = place.sent, last < number else { return (.sent, false) }
            guard last.next == number, frame != .reset else {
                state.isReading = true
                return (.sent, true)
            }
            return (deliver(frame, number, in: space, &state), false)
        }
        if delivery == .full { end(.slow) }
        return isBehind
    }

    /// Learns how far its spaces have come, since the bus that should have said so may lose its last word.
    ///
    /// - Returns: whether the log has to be read for it.
    package func learn(_ numbers: [SpaceID: ChangeNumber]) -> Bool {
        state.withLock { state in
            for (space, number) in numbers {
                let place = state.places[space] ?? Place()
                state.places[space, default: place].offered = max(place.offered, number)
            }
            guard !state.isOver, !state.isReading, state.isBehind else { return false }
            state.isReading = true
            return true
        }
    }

    /// Wants to be told everything after `number` in its first space once more.
    ///
    /// - Returns: whether the log has to be read for it; false as well when somebody reads already, who finds the wish.
    package func wish(from number: ChangeNumber) -> Bool {
        state.withLock { state in
            guard !state.isOver else { return false }
            state.wish = number
            guard !state.isReading else { return false }
            state.isReading = true
            return true
        }
    }

    /// What it wants to be told once more. Whoever reads the log has to take it before the reading can end.
    package func takeWish() -> ChangeNumber? {
        state.withLock { state in
            defer { state.wish = nil }
            return state.wish
        }
    }

    /// Takes the reading over, to begin.
    ///
    /// - Returns: false when somebody reads already.
    package func beginReading() -> Bool {
        state.withLock { state in
            guard !state.isReading, !state.isOver else { return false }
            state.isReading = true
            return true
        }
    }

    /// Says where changes go on from here in each space: after the first frame, after a reset.
    package func restart(at numbers: [SpaceID: ChangeNumber], with frames: [LiveFrame]) -> Delivery {
        state.withLock { state in
            for frame in frames {
                let delivery = deliver(frame)
                if delivery == .gone { state.isGone = true }
                if delivery != .sent { return delivery }
            }
            for (space, number) in numbers { state.places[space, default: Place()].sent = number }
            return .sent
        }
    }

    /// Goes back or forth to another place in its first space, because the window says that it knows everything up
    /// to it.
    package func move(to number: ChangeNumber) {
        state.withLock { $0.places[spaces[0], default: Place()].sent = number }
    }

    /// Where the log has to be read from; nil when the window is over.
    package func place(in space: SpaceID) -> ChangeNumber? {
        state.withLock { $0.isOver ? nil : $0.places[space]?.sent }
    }

    /// Sends a change from the log.
    package func send(_ frame: LiveFrame, _ number: ChangeNumber, in space: SpaceID) -> Delivery {
        state.withLock { state in
            state.isOver ? .gone : deliver(frame, number, in: space, &state)
        }
    }

    private func deliver(
        _ frame: LiveFrame, _ number: ChangeNumber, in space: SpaceID, _ state: inout State
    ) -> Delivery {
        let delivery = deliver(frame)
        if delivery == .sent { state.places[space, default: Place()].sent = number }
        if delivery == .gone { state.isGone = true }
        return delivery
    }

    /// Ends the reading, unless more was offered in one of the spaces than was read meanwhile, or there is a new wish.
    ///
    /// - Returns: whether it is over.
    package func endReading() -> Bool {
        state.withLock { state in
            if !state.isOver, state.isBehind || state.wish != nil { return false }
            state.isReading = false
            return true
        }
    }
}
