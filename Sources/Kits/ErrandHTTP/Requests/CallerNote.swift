import Crypto
public import ErrandCore
import Synchronization

/// Who a request turned out to be from, for its line in the log: written at the gate, read when it is answered.
public final class CallerNote: Sendable {
    private let userID = Mutex<UserID?>(nil)

    init() {}

    func write(_ id: UserID) { userID.withLock { $0 = id } }

    /// The user's mark; nil while nobody has been let in.
    var mark: String? { userID.withLock { $0 }.map(CallerNote.mark) }

    /// What logs call a user: the first 16 hexadecimal digits of the SHA-256 of their id. The same person bears the
    /// same mark in every line, and nobody who reads it learns the id, or what is stored under it.
    public static func mark(of id: UserID) -> String {
        SHA256.hash(data: Array(id.description.utf8)).prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
