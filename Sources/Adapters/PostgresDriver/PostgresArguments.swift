import CLibpq
import SQLStore

/// The arguments of a statement in libpq's form: types, bytes, lengths, formats.
struct PostgresArguments {
    /// Object ids of types, from the catalogue `pg_type`; 0 lets the server find the type.
    private enum TypeID {
        static let none: Oid = 0
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let text: Oid = 25
        static let float8: Oid = 701
    }

    private(set) var types: [Oid] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var starts: [Int?] = []
    private var bytes: [UInt8] = []

    init(_ values: [SQLValue]) {
        for value in values {
            switch value {
            case .null: add(TypeID.none, nil)
            case .integer(let number): add(TypeID.int8, bigEndian(UInt64(bitPattern: number)))
            case .real(let number): add(TypeID.float8, bigEndian(number.bitPattern))
            case .text(let text): add(TypeID.text, Array(text.utf8))
            case .blob(let blob): add(TypeID.bytea, blob)
            }
        }
        // A pointer is needed even to nothing.
        bytes.append(0)
    }

    private mutating func add(_ type: Oid, _ value: [UInt8]?) {
        types.append(type)
        formats.append(1)
        lengths.append(Int32(value?.count ?? 0))
        starts.append(value == nil ? nil : bytes.count)
        bytes += value ?? []
    }

    private func bigEndian(_ bits: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    }

    /// Hands over count, values, lengths and formats.
    func withPointers<Result>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { buffer in
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values: [UnsafePointer<CChar>?] = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(Int32(types.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
