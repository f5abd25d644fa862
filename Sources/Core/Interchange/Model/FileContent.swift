/// The octets of a file, wherever they lie: what is read of them is asked for piece by piece, so that a large file need
/// not be held.
public protocol FileContent: Sendable {
    /// How many there are.
    var count: Int { get }

    /// - Returns: up to `count` octets from `offset` on; fewer only where the file ends.
    /// - Throws: where the file cannot be read.
    func bytes(at offset: Int, upTo count: Int) throws(TaskFileError) -> [UInt8]
}

/// A file that is held.
public struct HeldFile: FileContent {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var count: Int { bytes.count }

    public func bytes(at offset: Int, upTo count: Int) -> [UInt8] {
        if offset == 0, count >= bytes.count { return bytes }
        return Array(bytes[min(offset, bytes.count)..<min(offset + count, bytes.count)])
    }
}
