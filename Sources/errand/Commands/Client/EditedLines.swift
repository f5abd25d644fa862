import ErrandClient
import Foundation
import Synchronization

/// Lines that a person types on a terminal, with a line editor. Between lines the terminal is as it was.
enum EditedLines {
    /// Whether both ends are terminals.
    static var areThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// - Parameter use: is given each line in turn; the terminal is as it was meanwhile.
    static func forEach(prompt: String, _ use: (String) async -> Void) async {
        var editor = LineEditor()
        while let line = await next(&editor, prompt) { await use(line) }
    }

    private static func next(_ editor: inout LineEditor, _ prompt: String) async -> String? {
        var saved = termios()
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return nil }
        var raw = saved
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
        guard tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return nil }
        defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &saved) }
        show(editor.drawing(behind: prompt, width: width))
        for await byte in bytes() {
            switch editor.read(byte) {
            case .edited: show(editor.drawing(behind: prompt, width: width))
            case .line(let line):
                show("\r\n")
                return line
            case .interrupted: show("\r\n" + editor.drawing(behind: prompt, width: width))
            case .ended:
                show("\r\n")
                return nil
            }
        }
        return nil
    }

    /// Bytes of the terminal up to the end of a line, read by a thread of their own: one that waits for a key must not
    /// hold up anybody else.
    private static func bytes() -> AsyncStream<UInt8> {
        AsyncStream { mailbox in
            Thread.detachNewThread {
                var byte: UInt8 = 0
                while true {
                    let count = Foundation.read(STDIN_FILENO, &byte, 1)
                    if count < 0, errno == EINTR { continue }
                    guard count == 1 else { break }
                    mailbox.yield(byte)
                    if byte == 0x0A || byte == 0x0D { break }
                }
                mailbox.finish()
            }
        }
    }

    private static var width: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func show(_ text: String) { Terminal.show(text) }
}

/// Ctrl-C as something that happens, instead of the end of the program.
enum Interrupts {
    /// How many there were. Touched before there is a handler, which may do no more than count.
    private static let count = Atomic(0)
    private static let pause = Duration.milliseconds(50)

    /// Runs `work`, and cancels it on Ctrl-C.
    ///
    /// - Returns: nil when it was cancelled.
    static func ending<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(ClientError) -> Value
    ) async throws(ClientError) -> Value? {
        let before = count.load(ordering: .relaxed)
        signal(SIGINT) { _ in _ = Interrupts.count.add(1, ordering: .relaxed) }
        defer { signal(SIGINT, SIG_DFL) }
        let result = await withTaskGroup(of: Result<Value, ClientError>?.self) { group in
            group.addTask {
                do throws(ClientError) {
                    return .success(try await work())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                while count.load(ordering: .relaxed) == before, (try? await Task.sleep(for: pause)) != nil {}
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let result else { return nil }
        do {
            return try result.get()
        } catch .cancelled {
            return nil
        } catch {
            throw error
        }
    }
}
