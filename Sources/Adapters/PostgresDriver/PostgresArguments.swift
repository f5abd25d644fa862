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
        static let texts: Oid = 1009
        static let int8s: Oid = 1016
    }

    private(set) var types: [Oid] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var starts: [Int?] = []
    private var bytes: [UInt8] = []

    init(_ values: [SQLValue]) {
        types.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        starts.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            types.append(add(value))
            lengths.append(Int32(bytes.count - start))
            starts.append(types.last == TypeID.none ? nil : start)
        }
        formats = Array(repeating: 1, count: values.count)
        // A pointer is needed even to nothing.
        bytes.append(0)
    }

    /// - Returns: the type.
    private mutating func add(_ value: SQLValue) -> Oid {
        switch value {
        case .null: return TypeID.none
        case .integer(let number):
            add(number)
            return TypeID.int8
        case .real(let number):
            add(Int64(bitPattern: number.bitPattern))
            return TypeID.float8
        case .text(let text):
            bytes.append(contentsOf: text.utf8)
            return TypeID.text
        case .blob(let blob):
            bytes.append(contentsOf: blob)
            return TypeID.bytea
        case .integers(let numbers):
            add(arrayOf: TypeID.int8, numbers) { $0.add($1) }
            return TypeID.int8s
        case .texts(let texts):
            add(arrayOf: TypeID.text, texts) { $0.bytes.append(contentsOf: $1.utf8) }
            return TypeID.texts
        }
    }

    /// One dimension that counts from 1, whether an element is null, the elements' type, and each with its length,
    /// which is -1 for a null: what `array_send` of the server writes.
    private mutating func add<Element>(
        arrayOf type: Oid, _ elements: [Element?], _ write: (inout PostgresArguments, Element) -> Void
    ) {
        let hasNull: Int32 = elements.contains { $0 == nil } ? 1 : 0
        let head: [Int32] = [1, hasNull, Int32(bitPattern: type), Int32(elements.count), 1]
        for number in head { add(number) }
        for element in elements {
            let place = bytes.count
            add(Int32(-1))
            guard let element else { continue }
            write(&self, element)
            let length = UInt32(bytes.count - place - 4)
            for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
        }
    }

    /// Big-endian.
    private mutating func add(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
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
