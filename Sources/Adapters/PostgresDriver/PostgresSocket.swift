import Glibc

enum PostgresSocket {
    /// Waits until there is something to read.
    ///
    /// - Returns: false when there was nothing for so long.
    static func waitForInput(_ socket: Int32, _ milliseconds: Int32) -> Bool {
        guard socket >= 0 else { return false }
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, milliseconds) > 0
    }
}
