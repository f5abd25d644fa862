import Foundation

/// A folder for one person's files: the folder 0700, the files 0600.
public struct PrivateFolder: Sendable {
    private let path: String
    /// How long to wait for another command that holds a lock.
    private let patience: Duration
    private static let sizeMax = 1 << 20

    public init(path: String, patience: Duration = .seconds(60)) {
        self.path = path
        self.patience = patience
    }

    public func path(of name: String) -> String { "\(path)/\(name)" }

    /// - Returns: nil when there is no such file.
    public func read(_ name: String) throws(ClientError) -> [UInt8]? {
        let descriptor = open(path(of: name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("read", name)
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            return try handle.read(upToCount: PrivateFolder.sizeMax).map(Array.init) ?? []
        } catch {
            throw failure("read", name)
        }
    }

    /// Replaces a file as a whole: whoever reads it sees the old or the new content, also after a crash.
    public func write(_ bytes: [UInt8], to name: String) throws(ClientError) {
        try create()
        let draft = path(of: "\(name).\(UUID().uuidString).new")
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write", name) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: bytes)
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(draft)
            throw failure("write", name)
        }
        guard rename(draft, path(of: name)) == 0 else {
            let error = failure("write", name)
            unlink(draft)
            throw error
        }
        synchronize()
    }

    public func remove(_ name: String) throws(ClientError) {
        guard unlink(path(of: name)) == 0 || errno == ENOENT || errno == ENOTDIR else { throw failure("remove", name) }
    }

    /// Runs `body` while holding the lock `name` (`flock`), which ends with this process at the latest.
    ///
    /// - Throws: ``ClientError/file(_:)`` when another command holds it for too long.
    public func withLock<Value>(
        _ name: String, _ body: () async throws(ClientError) -> Value
    ) async throws(ClientError) -> Value {
        try create()
        let descriptor = open(path(of: name), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("lock", name) }
        // Closing gives the lock back.
        defer { close(descriptor) }
        try await acquire(descriptor, name)
        return try await body()
    }

    private func acquire(_ descriptor: Int32, _ name: String) async throws(ClientError) {
        let deadline = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw failure("lock", name) }
            guard ContinuousClock.now < deadline else {
                throw .file("Another errand command holds \(path(of: name)) for too long.")
            }
            do {
                try await Task.sleep(for: .milliseconds(20))
            } catch {
                throw .cancelled
            }
        }
    }

    private func create() throws(ClientError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .file("The folder \(path) cannot be made.")
        }
        guard chmod(path, 0o700) == 0 else { throw .file("The folder \(path) is not yours.") }
    }

    /// Makes the rename itself last. A file system that cannot do that is no reason to fail.
    private func synchronize() {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func failure(_ verb: String, _ name: String) -> ClientError {
        let reason = String(cString: strerror(errno))
        return .file("Cannot \(verb) \(path(of: name)): \(reason).")
    }
}
