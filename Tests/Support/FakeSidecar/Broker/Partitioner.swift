/// Finds the partition of a key.
enum Partitioner {
    /// The same for the same key in every process (FNV-1a); any partition when there is no key.
    static func partition(of key: String?, among count: Int) -> Int {
        guard let key else { return Int.random(in: 0..<count) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // The low bits alone depend on few bits of the key.
        return Int((hash ^ hash >> 32) % UInt64(count))
    }
}
