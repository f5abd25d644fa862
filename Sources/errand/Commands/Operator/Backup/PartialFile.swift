import Crypto
import Foundation

/// A file that gets its name only when it is complete: until then it is `.<name>.<process>.partial`, for its owner
/// alone.
struct PartialFile {
    /// What is said of files that cannot be made, read or named.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Where it is written.
    let path: String
    private let target: URL

    /// Makes the empty file beside `target`.
    init(for target: URL) throws(Failure) {
        self.target = target
        let name = ".\(target.lastPathComponent).\(getpid()).partial"
        path = target.deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
            throw Failure(description: "\(path) cannot be made: \(PartialFile.reason)")
        }
        close(descriptor)
    }

    /// Puts it on the disk and gives it its name, in place of whatever has that.
    func finish() throws(Failure) {
        try sync()
        guard rename(path, target.path(percentEncoded: false)) == 0 else {
            throw Failure(description: "\(target.path(percentEncoded: false)) cannot be made: \(PartialFile.reason)")
        }
        try PartialFile.syncFolder(of: target)
    }

    /// Puts what was written on the disk.
    func sync() throws(Failure) { try PartialFile.sync(path) }

    /// Makes a name that was given survive the loss of power.
    static func syncFolder(of file: URL) throws(Failure) {
        try sync(file.deletingLastPathComponent().path(percentEncoded: false))
    }

    /// Leaves nothing behind.
    func discard() {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    private static func sync(_ path: String) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: "\(path) cannot be opened: \(reason)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(description: "\(path) is not on the disk: \(reason)") }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}

/// The SHA-256 of a file, kept beside it as `sha256sum` writes it, so that `sha256sum -c` can check it too.
struct FileDigest: Equatable {
    private static let pieceBytes = 1 << 20

    /// 64 hexadecimal digits in lower case.
    let text: String

    /// Reads the file from end to end.
    init(of path: String) throws(PartialFile.Failure) {
        var hash = SHA256()
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            while let piece = try file.read(upToCount: FileDigest.pieceBytes), !piece.isEmpty {
                hash.update(data: piece)
            }
        } catch {
            throw PartialFile.Failure(description: "\(path) cannot be read.")
        }
        text = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What lies beside `file`; nil where nothing does.
    ///
    /// - Throws: when it is no digest.
    init?(beside file: URL) throws(PartialFile.Failure) {
        let place = FileDigest.place(beside: file).path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        let line = (try? String(contentsOfFile: place, encoding: .utf8)) ?? ""
        let digits = String(line.prefix { $0 != " " && $0 != "\n" })
        guard digits.wholeMatch(of: #/[0-9a-f]{64}/#) != nil else {
            throw PartialFile.Failure(description: "\(place) is no SHA-256 of a file.")
        }
        text = digits
    }

    /// Writes it beside `file`, for its owner alone.
    func write(beside file: URL) throws(PartialFile.Failure) {
        let partial = try PartialFile(for: FileDigest.place(beside: file))
        do {
            try Data("\(text)  \(file.lastPathComponent)\n".utf8).write(to: URL(filePath: partial.path))
        } catch {
            partial.discard()
            throw PartialFile.Failure(description: "\(partial.path) cannot be written.")
        }
        try partial.finish()
    }

    private static func place(beside file: URL) -> URL {
        file.deletingLastPathComponent().appending(path: file.lastPathComponent + ".sha256")
    }
}
