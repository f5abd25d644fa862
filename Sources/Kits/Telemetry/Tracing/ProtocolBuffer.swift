/// A message of Protocol Buffers while it is written (<https://protobuf.dev/programming-guides/encoding/>): just the
/// kinds of fields that spans need.
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ field: UInt64, _ text: String) { add(field, Array(text.utf8)) }

    mutating func add(_ field: UInt64, _ content: [UInt8]) {
        addNumber(field << 3 | 2)
        addNumber(UInt64(content.count))
        bytes += content
    }

    mutating func add(_ field: UInt64, _ message: ProtocolBuffer) { add(field, message.bytes) }

    mutating func add(_ field: UInt64, number: UInt64) {
        addNumber(field << 3)
        addNumber(number)
    }

    /// Always eight bytes, the least first.
    mutating func add(_ field: UInt64, fixed number: UInt64) {
        addNumber(field << 3 | 1)
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// Seven bits a byte, the least first; the highest bit says that more follow.
    private mutating func addNumber(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
