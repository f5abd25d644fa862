/// What ties together everything that one request led to: its answer, its events, their effects, and the log lines
/// of all of them.
public struct Correlation: Hashable, Sendable {
    /// The `X-Request-Id` of the request; nil for what no request asked for, a reminder that came due, say.
    public let requestID: String?
    /// W3C Trace Context, version 00 (<https://www.w3.org/TR/trace-context/#traceparent-header>).
    public let traceparent: String?

    public static let none = Correlation(requestID: nil, traceparent: nil)

    public init(requestID: String?, traceparent: String?) {
        self.requestID = requestID
        self.traceparent = traceparent
    }

    /// The trace id in ``traceparent``.
    public var traceID: String? { traceparent.map { String($0.dropFirst(3).prefix(32)) } }

    /// `text` when it is a traceparent that may be passed on: version 00, lower-case hexadecimal, no id of zeros.
    public static func acceptable(traceparent text: String?) -> String? {
        guard let text, text.utf8.count == 55 else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 32, 16, 2], parts[0] == "00",
            parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        return text
    }

    /// A traceparent of a new trace, from 24 random bytes; sampled, so that whoever collects traces keeps it.
    public static func newTraceparent(randomBytes: [UInt8]) -> String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 55) { buffer in
            var end = buffer.startIndex
            func add(_ character: UInt8) {
                buffer[end] = character
                end += 1
            }
            func add(_ text: StaticString) { for index in 0..<text.utf8CodeUnitCount { add(text.utf8Start[index]) } }
            add("00-")
            for (index, byte) in randomBytes.prefix(24).enumerated() {
                if index == 16 { add("-") }
                // No id may be all zeros.
                let byte = byte == 0 ? 1 : byte
                add(digits.utf8Start[Int(byte >> 4)])
                add(digits.utf8Start[Int(byte & 15)])
            }
            add("-01")
            return end
        }
    }
}
