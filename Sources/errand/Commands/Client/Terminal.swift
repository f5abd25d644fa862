import ErrandClient
import ErrandCore
import Foundation
import Synchronization

/// The one way out: results to standard output, remarks and errors to standard error.
enum Terminal {
    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

    /// What standard output is connected to.
    static func screen(allowsColour: Bool) -> Screen {
        guard isInteractive else { return .file }
        var size = winsize()
        let columns = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
        return Screen(width: columns > 0 ? columns : 80, hasColour: allowsColour)
    }

    static func write(_ lines: [String]) {
        if !lines.isEmpty { write(lines.joined(separator: "\n"), to: .standardOutput) }
    }

    static func write(_ line: String) {
        write(line, to: .standardOutput)
    }

    /// JSON as one line for programs, indented for people.
    static func write(_ json: JSONValue) {
        write(isInteractive ? json.pretty : json.text, to: .standardOutput)
    }

    /// A piece of a line, as it is.
    static func show(_ text: String) {
        write(text, end: "", to: .standardOutput)
    }

    /// A piece of a file, as it is.
    static func write(_ bytes: Data) {
        write(bytes, to: .standardOutput)
    }

    /// Something beside the result that a person should know.
    static func remark(_ line: String, end: String = "\n") {
        write(line, end: end, to: .standardError)
    }

    /// Lines of tasks at work at once do not run into each other.
    private static let turn = Mutex(())

    private static func write(_ text: String, end: String = "\n", to handle: FileHandle) {
        write(Data((text + end).utf8), to: handle)
    }

    private static func write(_ bytes: Data, to handle: FileHandle) {
        do {
            try turn.withLock { _ in try handle.write(contentsOf: bytes) }
        } catch {
            // The reader went away or the disk is full: nobody is left to tell.
            exit(EXIT_FAILURE)
        }
    }
}
