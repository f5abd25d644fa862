/// One piece of work in a trace, as OpenTelemetry has it
/// (<https://opentelemetry.io/docs/specs/otel/trace/api/#span>).
public struct Span: Sendable {
    /// What the other side of it is.
    public enum Kind: UInt64, Sendable {
        case server = 2
        case producer = 4
        case consumer = 5
    }

    /// What is said about a span: no text of users, and no secrets.
    public struct Attribute: Sendable {
        enum Value { case text(String), number(Int) }

        let name: String
        let value: Value

        public init(_ name: String, _ text: String) { (self.name, value) = (name, .text(text)) }
        public init(_ name: String, _ number: Int) { (self.name, value) = (name, .number(number)) }
    }

    /// Where a span is in its trace.
    public struct Place: Hashable, Sendable {
        /// 16 bytes.
        let traceID: [UInt8]
        /// 8 bytes.
        let spanID: [UInt8]
        /// Whether whoever began the trace wants it to be kept.
        public let isSampled: Bool

        /// Reads a `traceparent` of W3C Trace Context, version 00; nil for what is none.
        public init?(traceparent text: String?) {
            guard let parts = text?.split(separator: "-"), parts.count == 4,
                let traceID = Place.bytes(parts[1], 16), let spanID = Place.bytes(parts[2], 8),
                let flags = Place.bytes(parts[3], 1)
            else { return nil }
            (self.traceID, self.spanID, isSampled) = (traceID, spanID, flags[0] & 1 == 1)
        }

        /// 32 hexadecimal digits.
        var traceIDText: String { Place.text(traceID) }
        /// 16 hexadecimal digits.
        var spanIDText: String { Place.text(spanID) }

        private static func text(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }

        private static func bytes(_ text: Substring, _ count: Int) -> [UInt8]? {
            let digits = Array(text.utf8)
            guard digits.count == 2 * count else { return nil }
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { index in
                UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
            }
            return bytes.count == count ? bytes : nil
        }
    }

    public let kind: Kind
    public let name: String
    let traceID: [UInt8]
    let id: [UInt8]
    /// Nil for the first of a trace.
    let parentID: [UInt8]?
    /// In nanoseconds since 1970.
    let start: UInt64
    let end: UInt64
    let attributes: [Attribute]
    let hasFailed: Bool

    /// - Parameters:
    ///   - id: of the span itself; 8 bytes.
    ///   - parent: the span it is part of, whose trace it belongs to.
    ///   - start: milliseconds since 1970.
    ///   - end: milliseconds since 1970, not before `start`.
    public init(
        _ kind: Kind, _ name: String, id: [UInt8], in parent: Place, from start: Int64, to end: Int64,
        attributes: [Attribute], hasFailed: Bool = false
    ) {
        self.init(
            kind, name, place: (parent.traceID, id, parent.spanID), from: start, to: end, attributes, hasFailed
        )
    }

    /// A span whose place in the trace is known already.
    ///
    /// - Parameter parent: nil where it is the first.
    public init(
        _ kind: Kind, _ name: String, at place: Place, in parent: Place?, from start: Int64, to end: Int64,
        attributes: [Attribute], hasFailed: Bool = false
    ) {
        self.init(
            kind, name, place: (place.traceID, place.spanID, parent?.spanID), from: start, to: end, attributes,
            hasFailed
        )
    }

    private init(
        _ kind: Kind, _ name: String, place: (trace: [UInt8], id: [UInt8], parent: [UInt8]?), from start: Int64,
        to end: Int64, _ attributes: [Attribute], _ hasFailed: Bool
    ) {
        (self.kind, self.name, self.attributes, self.hasFailed) = (kind, name, attributes, hasFailed)
        (traceID, id, parentID) = (place.trace, place.id, place.parent)
        self.start = UInt64(max(start, 0)) * 1_000_000
        self.end = UInt64(max(end, start, 0)) * 1_000_000
    }
}
