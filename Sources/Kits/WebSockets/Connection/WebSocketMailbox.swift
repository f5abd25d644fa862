import Synchronization

/// What passes between a connection's event loop and the task that uses it, both ways, within bounds.
package final class WebSocketMailbox: Sendable {
    /// Messages held before the event loop stops reading.
    package static let inboundMessagesMax = 16

    package enum Receipt: Sendable {
        /// - isRoomMade: The event loop had stopped reading and may go on.
        case message(String, isRoomMade: Bool)
        case empty
        case over
    }

    package enum Posting: Sendable {
        case refused
        /// - isFirst: The event loop does not know yet that there is something to send.
        case accepted(isFirst: Bool)
    }

    private struct State {
        var isOpen = true
        var inbound: [String] = []
        var inboundBytes = 0
        var isReadingStopped = false
        var reader: CheckedContinuation<Void, Never>?
        var isReaderCancelled = false
        var outbound: [String] = []
        /// With those the event loop has taken and not yet written.
        var outboundCount = 0
        var outboundBytes = 0
    }

    private let state = Mutex(State())
    private let limits: WebSocketConfiguration

    package init(_ limits: WebSocketConfiguration) {
        self.limits = limits
    }

    package var isOpen: Bool { state.withLock { $0.isOpen } }

    // Inbound

    /// - Returns: Whether reading must stop until room is made.
    func deliver(_ text: String) -> Bool {
        let (reader, isFull) = state.withLock { state in
            state.inbound.append(text)
            state.inboundBytes += text.utf8.count
            state.isReadingStopped =
                state.inbound.count >= WebSocketMailbox.inboundMessagesMax
                || state.inboundBytes >= limits.messageBytesMax
            return (state.reader.take(), state.isReadingStopped)
        }
        reader?.resume()
        return isFull
    }

    /// The oldest message. Those that came before the end are still handed out.
    package func take() -> Receipt {
        state.withLock { state in
            guard !state.inbound.isEmpty else { return state.isOpen ? .empty : .over }
            let text = state.inbound.removeFirst()
            state.inboundBytes -= text.utf8.count
            let isRoomMade = state.isReadingStopped && state.inbound.isEmpty
            if isRoomMade { state.isReadingStopped = false }
            return .message(text, isRoomMade: isRoomMade)
        }
    }

    /// Returns when `take` may have something to say, or when the task is cancelled. One caller at a time.
    func wait() async {
        state.withLock { $0.isReaderCancelled = false }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    precondition(state.reader == nil, "A WebSocket connection has one reader.")
                    if !state.inbound.isEmpty || !state.isOpen || state.isReaderCancelled { return true }
                    state.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let reader = state.withLock { state in
                state.isReaderCancelled = true
                return state.reader.take()
            }
            reader?.resume()
        }
    }

    /// From here on nothing is accepted. Returns false when that was so already.
    @discardableResult
    package func end() -> Bool {
        let (reader, wasOpen) = state.withLock { state in
            defer { state.isOpen = false }
            return (state.reader.take(), state.isOpen)
        }
        reader?.resume()
        return wasOpen
    }

    // Outbound

    package func post(_ text: String) -> Posting {
        let bytes = text.utf8.count
        return state.withLock { state in
            guard state.isOpen, state.outboundCount < limits.outboundMessagesMax,
                state.outboundBytes + bytes <= limits.outboundBytesMax
            else { return .refused }
            state.outbound.append(text)
            state.outboundCount += 1
            state.outboundBytes += bytes
            return .accepted(isFirst: state.outbound.count == 1)
        }
    }

    /// What was posted since the last call. Its room is free again after `sent`.
    func collect() -> [String] {
        state.withLock { state in
            defer { state.outbound = [] }
            return state.outbound
        }
    }

    func sent(count: Int, bytes: Int) {
        state.withLock { state in
            state.outboundCount -= count
            state.outboundBytes -= bytes
        }
    }
}
