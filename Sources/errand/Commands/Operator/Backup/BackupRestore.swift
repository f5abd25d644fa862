import Foundation
import SQLStore
import SQLiteDriver

/// Puts a backup in its place: `errand restore FILE --data FOLDER`.
struct BackupRestore {
    let file: URL
    let folder: String

    /// Works on a copy in the folder, which becomes the database once it has been checked. A backup of an earlier
    /// version is brought up to date on the way.
    ///
    /// - Returns: what was restored, for people.
    /// - Throws: what is wrong with file or folder; there is then no database in the folder.
    func run() async throws -> [String] {
        let path = DatabaseLocation.file(in: folder)
        if let taken = SQLiteBackup.occupant(of: path) { throw SQLiteBackup.Failure.occupied(path: taken) }
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
            throw OperatorFailure("There is no file \(file.relativePath).")
        }
        let isWhole = try compareDigest()
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw OperatorFailure("The folder \(folder) cannot be made.")
        }
        let partial = try PartialFile(for: URL(filePath: path))
        do {
            let checked = try await copy(to: partial)
            try partial.sync()
            try SQLiteBackup.place(partial.path, as: path)
            try PartialFile.syncFolder(of: URL(filePath: path))
            return ["\(path): \(checked.summary)"]
                + (isWhole ? [] : ["There was no \(file.lastPathComponent).sha256 to compare the file with."])
        } catch {
            partial.discard()
            throw error
        }
    }

    /// - Returns: whether there was a digest to compare the file with.
    private func compareDigest() throws -> Bool {
        guard let expected = try FileDigest(beside: file) else { return false }
        guard try FileDigest(of: file.path(percentEncoded: false)) == expected else {
            throw OperatorFailure("\(file.relativePath) is not the file that was made: its SHA-256 is another.")
        }
        return true
    }

    private func copy(to partial: PartialFile) async throws -> CheckedCopy {
        let original = try await SQLiteBackup.copy(file.path(percentEncoded: false), over: partial.path)
        switch original.refusal {
        case nil: break
        case .olderSchema:
            try await SQLiteBackup.checkIntegrity(of: partial.path)
            try await bringUpToDate(partial.path)
        case let refusal?: throw refusal
        }
        let checked = try await CheckedCopy(partial.path)
        guard !original.isCurrent || checked.contents == original else {
            throw OperatorFailure("The copy does not hold what the backup holds. Look at the disk.")
        }
        return checked
    }

    private func bringUpToDate(_ path: String) async throws {
        var options = SQLiteOptions()
        options.isGuest = true
        options.readers = 1
        let database = try SQLiteDatabase.open(.file(path: path), options: options, report: DatabaseLocation.report)
        do {
            _ = try await SQLStore.open(over: database, report: DatabaseLocation.report)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
