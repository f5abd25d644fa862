import Foundation
import SQLiteDriver

/// What the file system says of a file.
struct FileState: Hashable, Sendable {
    let isFolder: Bool
    let owner: uid_t
    /// The nine bits of rights.
    let mode: mode_t

    /// - Returns: nil when there is none, or it cannot be asked about.
    init?(_ path: String) {
        // What a link leads to.
        let path = URL(filePath: path).resolvingSymlinksInPath().path
        guard let found = try? FileManager.default.attributesOfItem(atPath: path),
            let owner = found[.ownerAccountID] as? NSNumber, let mode = found[.posixPermissions] as? NSNumber
        else { return nil }
        isFolder = found[.type] as? FileAttributeType == .typeDirectory
        self.owner = owner.uint32Value
        self.mode = mode.uint32Value & 0o777
    }

    /// `0640`
    var rights: String { "0" + String(mode, radix: 8) }
    /// Whether anybody but the owner may do something with it.
    var isShared: Bool { mode & 0o077 != 0 }
    /// Whether everybody may do something with it.
    var isOpen: Bool { mode & 0o007 != 0 }
}

/// The folder of the database: ours alone, and one that can be written to.
struct DataFolderCheck: HealthCheck {
    /// Less is too little for the log of a burst, and for a backup's copy beside it.
    private static let freeBytesMin: UInt64 = 512 << 20

    let name = "data folder"
    let folder: String

    func run() async -> Finding {
        guard let state = FileState(folder) else {
            return .warning("There is no \(folder) yet.", "errand serve makes it.")
        }
        guard state.isFolder else { return .failure("\(folder) is not a folder.", "Name another with --data.") }
        if state.mode & 0o700 != 0o700 {
            return .failure("\(folder) has the rights \(state.rights): its owner cannot write.", "chmod 0700 \(folder)")
        }
        if state.isOpen {
            return .failure(
                "\(folder) has the rights \(state.rights): everybody on this machine gets in.", "chmod 0700 \(folder)")
        }
        guard isWritable else {
            return .failure(
                "Nothing can be written to \(folder).", "Give it to the user that runs the server; look at the mount.")
        }
        if let free, free < DataFolderCheck.freeBytesMin {
            return .warning("\(folder) has \(free >> 20) MiB left.", "Make room: a full disk stops all writing.")
        }
        if state.isShared {
            return .warning("\(folder) has the rights \(state.rights): a group gets in.", "chmod 0700 \(folder)")
        }
        return .ok("\(folder) is private and can be written to.")
    }

    private var isWritable: Bool {
        let path = "\(folder)/.errand-doctor.\(getpid())"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return unlink(path) == 0
    }

    private var free: UInt64? {
        var found = statvfs()
        guard statvfs(folder, &found) == 0 else { return nil }
        return UInt64(found.f_bavail) * UInt64(found.f_frsize)
    }
}

/// A file that may hold secrets.
struct SecretFileCheck: HealthCheck {
    let name: String
    let path: String
    /// Whether the server does without.
    let isOptional: Bool

    func run() async -> Finding {
        guard let state = FileState(path) else {
            return isOptional ? .ok("There is no \(path).") : .failure("There is no \(path).", "Look at the path.")
        }
        guard state.isShared else { return .ok("\(path) is for its owner alone.") }
        let found = "\(path) has the rights \(state.rights): others can read it."
        return .failure(found, "chmod 0600 \(path), and renew what is in it.")
    }
}

/// The files of the database, which holds the signing keys.
struct DatabaseFilesCheck: HealthCheck {
    let name = "database files"
    let path: String

    func run() async -> Finding {
        let files = ["", "-wal", "-shm"].map { path + $0 }.compactMap { file in FileState(file).map { (file, $0) } }
        if files.isEmpty { return .ok("There are none yet.") }
        if let (file, state) = files.first(where: { $0.1.isShared }) {
            return .failure(
                "\(file) has the rights \(state.rights): others can read the signing keys.",
                "chmod 0600 \(path)*, and think of who may have read it."
            )
        }
        let user = geteuid()
        if user != 0, let (file, state) = files.first(where: { $0.1.owner != user }) {
            return .failure(
                "\(file) belongs to user \(state.owner), and this is user \(user).", "Run it as the server's user.")
        }
        return .ok("They are for their owner alone.")
    }
}
