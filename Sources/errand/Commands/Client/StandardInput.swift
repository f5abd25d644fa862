import Dispatch
import Foundation

/// Lines of standard input as they come, read by a thread of their own.
enum StandardInput {
    /// Bytes of one line; the rest of a longer one is passed over.
    static let lineBytesMax = 4 * 1024 * 1024
    /// Lines that may wait; then nothing more is read until some are taken.
    private static let linesMax = 64
    private static let pieceBytes = 65_536

    /// Without their ends; empty ones left out. Ends with standard input.
    ///
    /// - Parameter use: is given each line in turn.
    static func forEachLine(_ use: (Data) async -> Void) async {
        let room = DispatchSemaphore(value: linesMax)
        let lines = AsyncStream<Data> { mailbox in
            Thread.detachNewThread {
                read { line in
                    room.wait()
                    mailbox.yield(line)
                }
                mailbox.finish()
            }
        }
        for await line in lines {
            room.signal()
            await use(line)
        }
    }

    private static func read(_ take: (Data) -> Void) {
        var line = Data()
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let count = Foundation.read(STDIN_FILENO, &piece, pieceBytes)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            for byte in piece[..<count] {
                if byte == 0x0A {
                    if !line.isEmpty { take(line) }
                    line.removeAll(keepingCapacity: true)
                } else if byte != 0x0D, line.count < lineBytesMax {
                    line.append(byte)
                }
            }
        }
        if !line.isEmpty { take(line) }
    }
}
