import Archives
import ErrandCore
import Interchange

/// Files of tasks that come packed: exports of Vikunja and backups of Todoist are ZIP archives.
enum ImportArchive {
    /// As much as a file that is not packed may have, since it is held the same.
    private static let limits = ZipLimits(
        entriesMax: Limits.archiveEntriesMax, expandedBytesMax: Limits.importWholeBytesMax,
        ratioMax: Limits.archiveRatioMax
    )

    /// The file as it is, or what an archive has in it. Of an archive only the files with tasks are unpacked.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` for an archive that is broken, too large, or has no file of tasks.
    static func file(
        _ content: any FileContent, format: TaskFileFormat?, name: String?
    ) throws(ErrandError) -> ImportFile {
        guard let bytes = try archive(content) else { return ImportFile(content, format: format, name: name) }
        do throws(ZipError) {
            let archive = try ZipArchive(bytes, limits)
            let wanted = ArchivedTasks.places(in: archive.entries.map(\.name)).map { archive.entries[$0] }
            guard !wanted.isEmpty else {
                throw ZipError(detail: "The archive has no file with tasks that is known.")
            }
            let files = try archive.unpacked(wanted)
            return ImportFile(
                parts: zip(wanted, files).map { ArchivedFile(name: $0.name, bytes: $1) }, format: format
            )
        } catch {
            throw .invalid([FieldProblem(place: .line(1, column: nil), code: .invalidValue, detail: error.detail)])
        }
    }

    /// The whole of an archive; nil for a file that is none.
    private static func archive(_ content: any FileContent) throws(ErrandError) -> [UInt8]? {
        do throws(TaskFileError) {
            guard ZipArchive.isArchive(try content.bytes(at: 0, upTo: 64)) else { return nil }
            guard content.count <= Limits.importWholeBytesMax else {
                throw TaskFileError(line: 1, "An archive may have \(Limits.importWholeBytesMax) octets at most.")
            }
            return try content.bytes(at: 0, upTo: content.count)
        } catch {
            throw .invalid([FieldProblem(place: .line(1, column: nil), code: .invalidValue, detail: error.detail)])
        }
    }
}
