/// Takes the data of server-sent events out of bytes as they come
/// (<https://html.spec.whatwg.org/multipage/server-sent-events.html>), split wherever the network likes.
///
/// More lenient than the standard in two things: the last event needs no empty line after it, and a field `error`,
/// which llama.cpp has, is an event too: `{"error": …}`.
struct EventStreamReader: Sendable {
    /// Bytes of one line or event. An answer in one event has all its calls with their arguments in it.
    static let eventBytesMax = 2_097_152

    private var line: [UInt8] = []
    private var data: [UInt8]?
    private var endedWithReturn = false
    private var isFirstLine = true

    /// - Returns: the data of each event that is whole now; empty data is passed over.
    mutating func read(_ bytes: [UInt8]) throws(AnswerFault) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for byte in bytes {
            let followsReturn = endedWithReturn
            endedWithReturn = byte == 0x0D
            switch byte {
            case 0x0A where followsReturn: break
            case 0x0A, 0x0D: try endLine(&events)
            default:
                line.append(byte)
                guard line.count <= EventStreamReader.eventBytesMax else { throw .tooLarge }
            }
        }
        return events
    }

    /// The data of what is still open where the stream ends.
    mutating func finish() throws(AnswerFault) -> [[UInt8]] {
        var events: [[UInt8]] = []
        if !line.isEmpty { try endLine(&events) }
        dispatch(&events)
        return events
    }

    private mutating func endLine(_ events: inout [[UInt8]]) throws(AnswerFault) {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        guard !line.isEmpty else { return dispatch(&events) }
        // Comments begin with the colon; names of events are said in their data again.
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        if name.elementsEqual("data".utf8) {
            data = data.map { $0 + [0x0A] + value } ?? Array(value)
            guard data?.count ?? 0 <= EventStreamReader.eventBytesMax else { throw .tooLarge }
        } else if name.elementsEqual("error".utf8), !value.isEmpty {
            dispatch(&events)
            events.append(Array("{\"error\":".utf8) + value + Array("}".utf8))
        }
    }

    private mutating func dispatch(_ events: inout [[UInt8]]) {
        if let data, data.contains(where: { $0 > 0x20 }) { events.append(data) }
        data = nil
    }
}
