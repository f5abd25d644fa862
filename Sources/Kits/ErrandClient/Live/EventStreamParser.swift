public import Foundation

/// Reads a stream of server-sent events piece by piece, however the pieces are cut
/// (<https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream>).
public struct EventStreamParser: Sendable {
    /// One event of the stream.
    public struct Message: Equatable, Sendable {
        public let name: String
        public let data: String
    }

    /// Bytes of one line; a longer one cannot be from Errand.
    public static let lineBytesMax = 4 * 1024 * 1024

    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []
    private var endsWithReturn = false

    public init() {}

    /// - Returns: the events that are complete now; nil when the stream is none of ours.
    public mutating func read(_ bytes: Data) -> [Message]? {
        var messages: [Message] = []
        for byte in bytes {
            switch byte {
            case 0x0A where endsWithReturn: endsWithReturn = false
            case 0x0A, 0x0D:
                endsWithReturn = byte == 0x0D
                if let message = endLine() { messages.append(message) }
            default:
                endsWithReturn = false
                line.append(byte)
                if line.count > EventStreamParser.lineBytesMax { return nil }
            }
        }
        return messages
    }

    private mutating func endLine() -> Message? {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        if text.isEmpty {
            defer { (name, data) = ("", []) }
            return data.isEmpty ? nil : Message(name: name, data: data.joined(separator: "\n"))
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : ""
        if value.hasPrefix(" ") { value.removeFirst() }
        switch parts[0] {
        case "event": name = String(value)
        case "data": data.append(String(value))
        default: break
        }
        return nil
    }
}
