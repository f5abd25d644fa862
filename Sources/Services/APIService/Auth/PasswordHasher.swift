import CArgon2
import Dispatch
import ErrandCore
import Foundation

/// Turns passwords into argon2id hashes and checks them, one at a time on a thread of its own: hashing takes
/// memory and time on purpose and must hold up nothing else.
public final class PasswordHasher: Sendable {
    /// OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
    static let memoryKiB: UInt32 = 19 * 1024
    static let passes: UInt32 = 2
    static let lanes: UInt32 = 1
    /// Callers that may wait; beyond that they are told to come again.
    public static let waitingMax = 64

    private let queue = DispatchQueue(label: "errand.password-hashing", qos: .utility)
    private let waiting = WaitingRoom(capacity: waitingMax)
    private let randomBytes: @Sendable (Int) -> [UInt8]
    /// Checked against when there is no such account, so that the answer takes as long.
    private let decoy: String

    public init(randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.randomBytes = randomBytes
        let salt = Base64Unpadded.encode(randomBytes(16))
        let digest = Base64Unpadded.encode(randomBytes(32))
        decoy = "\(PasswordHasher.parameters)\(salt)$\(digest)"
    }

    /// A PHC string (`$argon2id$v=19$m=…`).
    func hash(_ password: String) async throws(ErrandError) -> String {
        let salt = randomBytes(16)
        let hash = try await run { Argon2.encoded(PasswordHasher.prepared(password), salt: salt) }
        guard let hash else { throw .unavailable }
        return hash
    }

    /// Whether the password made the hash. Without a hash it takes as long and the answer is no.
    func verify(_ password: String, against hash: String?) async throws(ErrandError) -> Bool {
        let reference = hash ?? decoy
        let matches = try await run { Argon2.verify(PasswordHasher.prepared(password), against: reference) }
        return matches && hash != nil
    }

    /// Whether the hash was made with weaker parameters than today's.
    func isOutdated(_ hash: String) -> Bool { !hash.hasPrefix(PasswordHasher.parameters) }

    private static let parameters = "$argon2id$v=19$m=\(memoryKiB),t=\(passes),p=\(lanes)$"

    /// Unicode NFC, so that a password typed on another keyboard is the same bytes (NIST SP 800-63B-4 §3.1.1.2).
    private static func prepared(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }

    private func run<Result: Sendable>(
        _ work: @escaping @Sendable () -> Result
    ) async throws(ErrandError) -> Result {
        guard waiting.enter() else { throw .rateLimited(retryAfter: .seconds(2)) }
        defer { waiting.leave() }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}

private enum Argon2 {
    static let digestLength = 32

    static func encoded(_ password: [UInt8], salt: [UInt8]) -> String? {
        var text = [CChar](repeating: 0, count: 160)
        let result = argon2id_hash_encoded(
            PasswordHasher.passes, PasswordHasher.memoryKiB, PasswordHasher.lanes, password, password.count, salt,
            salt.count, digestLength, &text, text.count
        )
        guard result == ARGON2_OK.rawValue else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static func verify(_ password: [UInt8], against hash: String) -> Bool {
        argon2id_verify(hash, password, password.count) == ARGON2_OK.rawValue
    }
}

private enum Base64Unpadded {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().filter { $0 != "=" }
    }
}
