package import ErrandCore
import Synchronization

/// One open window: what it has been told, and what it still has to be told.
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

    private struct State {
        /// The last change number that was sent; nil before the first frame.
        var cursor: Int64?
        /// The last change number that the hub has offered.
        var offered: Int64 = 0
        /// Whether somebody reads the log for it.
        var isReading = false
        /// Set once: why it was ended.
        var end: LiveEnd?
        /// Whether nobody is there any more.
        var isGone = false

        var isOver: Bool { end != nil || isGone }
    }

    package let userID: UserID
    private let deliver: @Sendable (LiveFrame) -> Delivery
    private let finish: @Sendable (LiveEnd) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - deliver: takes a frame without waiting.
    ///   - finish: ends the connection; called once.
    package init(
        userID: UserID, deliver: @escaping @Sendable (LiveFrame) -> Delivery,
        finish: @escaping @Sendable (LiveEnd) -> Void
    ) {
        self.userID = userID
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

    /// A change that has just happened.
    ///
    /// - Returns: whether the log has to be read for it.
    package func offer(_ frame: LiveFrame, cursor: Int64) -> Bool {
        let (delivery, isBehind) = state.withLock { state -> (Delivery, Bool) in
            state.offered = max(state.offered, cursor)
            guard !state.isOver, !state.isReading, let last = state.cursor, last < cursor else {
                return (.sent, false)
            }
            guard last + 1 == cursor, frame != .reset else {
                state.isReading = true
                return (.sent, true)
            }
            return (deliver(frame, cursor, &state), false)
        }
        if delivery == .full { end(.slow) }
        return isBehind
    }

    /// Takes the reading over, to begin or to go on from another place.
    ///
    /// - Returns: false when somebody reads already.
    package func beginReading() -> Bool {
        state.withLock { state in
            guard !state.isReading, !state.isOver else { return false }
            state.isReading = true
            return true
        }
    }

    /// Says where changes go on from here: after the first frame, after a reset.
    package func restart(at cursor: Int64, with frames: [LiveFrame]) -> Delivery {
        state.withLock { state in
            for frame in frames {
                let delivery = deliver(frame, cursor, &state)
                if delivery != .sent { return delivery }
            }
            state.cursor = cursor
            return .sent
        }
    }

    /// Goes back or forth to another place, because the window says that it knows everything up to it.
    package func move(to cursor: Int64) {
        state.withLock { $0.cursor = cursor }
    }

    /// Where the log has to be read from; nil when the window is over.
    package var place: Int64? {
        state.withLock { $0.isOver ? nil : $0.cursor }
    }

    /// Sends a change from the log.
    package func send(_ frame: LiveFrame, cursor: Int64) -> Delivery {
        state.withLock { state in
            state.isOver ? .gone : deliver(frame, cursor, &state)
        }
    }

    private func deliver(_ frame: LiveFrame, _ cursor: Int64, _ state: inout State) -> Delivery {
        let delivery = deliver(frame)
        if delivery == .sent { state.cursor = cursor }
        if delivery == .gone { state.isGone = true }
        return delivery
    }

    /// Ends the reading, unless the hub has offered more than was read meanwhile.
    ///
    /// - Returns: whether it is over.
    package func endReading() -> Bool {
        state.withLock { state in
            if !state.isOver, let cursor = state.cursor, cursor < state.offered { return false }
            state.isReading = false
            return true
        }
    }
}
