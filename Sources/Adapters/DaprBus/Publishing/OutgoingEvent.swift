import ErrandCore

/// A message as the sidecar takes it.
struct OutgoingEvent: Hashable, Sendable {
    let event: SidecarEvent

    var id: String { event.id }
    var key: String { event.key }
    var sizeBytes: Int { event.cloudEvent.utf8.count }

    init(_ message: EventMessage) {
        event = SidecarEvent(
            id: message.id.description, key: message.key, cloudEvent: OutgoingEvent.cloudEvent(of: message)
        )
    }

    /// The event, in two respects as the sidecar needs it.
    ///
    /// It writes a trace of its own over `traceparent` unless `traceid` is there too, so both are sent. And data that
    /// is not JSON, which only a damaged log can hold, goes out as text: otherwise the sidecar would refuse the whole
    /// bulk for ever, while this way the event gets to its consumers, which put it aside.
    private static func cloudEvent(of message: EventMessage) -> String {
        var text = message.cloudEvent
        if (try? JSONValue.parse(message.data)) == nil {
            let head = text.utf8.dropLast(message.data.utf8.count + 1)
            text = String(decoding: head, as: UTF8.self) + JSONValue.string(message.data).text + "}"
        }
        guard let trace = message.correlation.traceparent else { return text }
        return "{\"traceid\":\(JSONValue.string(trace).text)," + text.dropFirst()
    }
}

/// What of a batch still has to be published on one topic, and in which portions. Input in, portion out; no I/O.
///
/// A bulk is not all or nothing: some of its events may be written and others not, and a producer that has several
/// requests under way may even swap events of one partition when it repeats one of them (the sidecar's producer for
/// Kafka is not idempotent). So of each key at most one event is under way at a time: a portion holds the first
/// waiting event of every key, and the next portion waits until those are written. What failed comes first in the
/// next portion. However it ends, the first appearances of a key's events are in their order, and later ones are
/// repetitions, which consumers know by the id.
///
/// What it costs: a batch takes as many requests as its busiest key has events. Changes of many tasks are one request.
///
/// `task-updates` is the exception. Its key is the user, so an import of one person would take a request per change
/// and hold up everybody's windows: at 4 ms a request, 250 changes a second. Its events carry their order in
/// themselves, a change number without gaps, by which windows know what they lack. So they go out together, in
/// order; after a failure the failed one *and all later ones of its key* go out again, so that order returns.
struct PublishQueue {
    /// Events of one portion.
    static let entriesMax = 200
    /// Size of one portion; the sidecar reads 4 MiB (`dapr.io/max-body-size`).
    static let sizeBytesMax = 2 * 1024 * 1024

    private var waiting: [OutgoingEvent]
    private var underWay: [OutgoingEvent] = []
    private let isOncePerKey: Bool

    init(_ events: [OutgoingEvent], isOncePerKey: Bool) {
        waiting = events
        self.isOncePerKey = isOncePerKey
    }

    /// What is to be sent next; empty when all is written. Followed by ``settle(failed:)``.
    mutating func next() -> [OutgoingEvent] {
        var rest: [OutgoingEvent] = []
        var keys: Set<String> = []
        var sizeBytes = 0
        var isFull = false
        underWay = []
        for event in waiting {
            let isFirst = keys.insert(event.key).inserted
            let fits =
                underWay.isEmpty
                || underWay.count < PublishQueue.entriesMax && sizeBytes + event.sizeBytes <= PublishQueue.sizeBytesMax
            isFull = isFull || !fits
            if isFull || isOncePerKey && !isFirst {
                rest.append(event)
            } else {
                underWay.append(event)
                sizeBytes += event.sizeBytes
            }
        }
        waiting = rest
        return underWay
    }

    /// Takes back those that failed, each with the later ones of its key.
    mutating func settle(failed: Set<String>) {
        var keys: Set<String> = []
        let again = underWay.filter { event in
            if failed.contains(event.id) { keys.insert(event.key) }
            return keys.contains(event.key)
        }
        underWay = []
        waiting = again + waiting
    }
}

extension Topic {
    /// Whether its events say themselves where they belong, so that whoever takes them does not depend on the order
    /// of their arrival.
    var carriesItsOrder: Bool { self == .taskUpdates }
}
