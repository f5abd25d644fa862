import ErrandClient
import Foundation

/// Asks on the terminal itself, so that standard input and output may be pipes.
enum Prompt {
    private static let lengthMax = 4096

    /// - Parameter otherwise: what to give where there is no terminal.
    /// - Throws: ``ClientError/cancelled`` on Ctrl-C and Ctrl-D.
    static func ask(
        _ question: String, isSecret: Bool = false, otherwise: String = "--email and --password-stdin"
    ) throws(ClientError) -> String {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else {
            throw .unexpected("There is no terminal to ask on. Give \(otherwise).")
        }
        defer { close(terminal) }
        send("\(question): ", to: terminal)
        return isSecret ? try secret(from: terminal) : try line(from: terminal)
    }

    /// The first line of standard input, without its line break.
    static func readInput() throws(ClientError) -> String {
        try line(from: STDIN_FILENO)
    }

    private static func line(from descriptor: Int32) throws(ClientError) -> String {
        var bytes: [UInt8] = []
        while let byte = next(from: descriptor), byte != UInt8(ascii: "\n"), bytes.count < lengthMax {
            bytes.append(byte)
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .unexpected("The input is not UTF-8.") }
        return text
    }

    /// Reads a line without showing it. The terminal's own signals are off meanwhile: Ctrl-C arrives as a
    /// character, and the echo is switched on again before anything else happens.
    private static func secret(from terminal: Int32) throws(ClientError) -> String {
        var saved = termios()
        guard tcgetattr(terminal, &saved) == 0 else { throw .unexpected("The terminal cannot hide what is typed.") }
        var hidden = saved
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else {
            throw .unexpected("The terminal cannot hide what is typed.")
        }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &saved)
            send("\n", to: terminal)
        }
        var bytes: [UInt8] = []
        while let byte = next(from: terminal) {
            switch byte {
            case 0x0A, 0x0D:
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw .unexpected("The input is not UTF-8.")
                }
                return text
            case 0x03: throw .cancelled
            case 0x04 where bytes.isEmpty: throw .cancelled
            case 0x08, 0x7F:
                // A character of UTF-8 ends, seen from behind, with its first byte that is not 10xxxxxx.
                while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
            case 0x15: bytes = []
            case 0..<0x20: break
            default: if bytes.count < lengthMax { bytes.append(byte) }
            }
        }
        throw .cancelled
    }

    private static func next(from descriptor: Int32) -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(descriptor, &byte, 1)
            if count == 1 { return byte }
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    private static func send(_ text: String, to terminal: Int32) {
        let handle = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
        // Without the question the answer is still read.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
