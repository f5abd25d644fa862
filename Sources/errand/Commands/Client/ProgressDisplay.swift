import ErrandClient
import Foundation

/// Shows how far something has come, beside the results: a bar that stays in its line on a terminal, elsewhere a line
/// for every tenth.
struct ProgressDisplay {
    private let width: Int?
    private var isShown = false
    private var lastTenth = 0

    init() {
        var size = winsize()
        if isatty(STDERR_FILENO) == 1, ProcessInfo.processInfo.environment["TERM"] != "dumb" {
            let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
            width = isKnown ? Int(size.ws_col) : 80
        } else {
            width = nil
        }
    }

    mutating func show(_ progress: ProgressText) {
        if let width {
            isShown = true
            // Back to the beginning of the line, and whatever is longer there is cleared.
            return Terminal.remark("\r\(progress.bar(width: width))\u{1B}[K", end: "")
        }
        let tenth = progress.percent / 10
        if tenth > lastTenth { Terminal.remark("\(progress.percent) %: \(progress.words)") }
        lastTenth = max(lastTenth, tenth)
    }

    /// Clears the line for what comes next.
    mutating func end() {
        if isShown { Terminal.remark("\r\u{1B}[K", end: "") }
        isShown = false
    }
}
