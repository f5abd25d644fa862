package import ErrandCore

/// What windows are told, as the frames of `GET /api/v1/live`.
package enum LiveFrame: Hashable, Sendable {
    /// The first frame, and the one after a reset: from here on changes follow.
    case hello(cursor: ChangeNumber)
    /// A change, as JSON text.
    case event(cursor: ChangeNumber, text: String)
    /// Something is missing that is no longer kept: read everything again.
    case reset

    /// The frame of an event; a reset for one that cannot be read.
    package init(_ stored: StoredEvent) {
        if let update = try? StateUpdate(stored) {
            self = .event(cursor: update.changeNumber, text: update.frame.text)
        } else {
            self = .reset
        }
    }

    /// JSON text, a WebSocket message.
    package var text: String {
        switch self {
        case .hello(let cursor): "{\"type\":\"hello\",\"cursor\":\(cursor)}"
        case .event(_, let text): text
        case .reset: "{\"type\":\"reset\"}"
        }
    }

    /// An event of a stream (<https://html.spec.whatwg.org/multipage/server-sent-events.html>). The id is what the
    /// browser sends as `Last-Event-ID` when it reconnects.
    package var serverSentEvent: String {
        switch self {
        case .hello(let cursor): "id: \(cursor)\nevent: hello\ndata: \(text)\n\n"
        case .event(let cursor, let text): "id: \(cursor)\nevent: event\ndata: \(text)\n\n"
        case .reset: "event: reset\ndata: \(text)\n\n"
        }
    }
}
