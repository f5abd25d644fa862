import Dispatch
import ErrandCore
import ErrandHTTP
import Hummingbird
import Interchange
import Logging
import NIOCore

/// A file that somebody has sent, put aside on the disk.
struct SpooledFile: FileContent {
    fileprivate let file: UnnamedFile
    let count: Int

    /// What was written just now is in the system's memory as a rule, and pieces are small.
    func bytes(at offset: Int, upTo count: Int) throws(TaskFileError) -> [UInt8] {
        do throws(UnnamedFile.Failure) {
            return try file.bytes(at: offset, count: max(0, min(count, self.count - offset)))
        } catch {
            throw TaskFileError(line: 1, "The file that was put aside cannot be read any more.")
        }
    }
}

/// Puts files aside that come in.
struct FileSpool: Sendable {
    /// Where; files of ``Limits/importBytesMax`` have to have room there.
    let folder: String

    /// The one thread that waits for the disk.
    private static let queue = DispatchQueue(label: "errand.file-spool", qos: .utility)
    /// Octets that are collected before they are written.
    private static let pieceSize = 262_144

    /// The body of a request, its length announced or not.
    ///
    /// - Throws: ``Problem``: body_too_large; ``ErrandError/unavailable`` where there is no room for it.
    func take(_ request: Request, upTo limit: Int, _ context: ErrandRequestContext) async throws -> SpooledFile {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw Problem.bodyTooLarge(limit)
        }
        do {
            let file = try UnnamedFile(in: folder)
            var (piece, count) = (ByteBuffer(), 0)
            for try await part in request.body {
                count += part.readableBytes
                guard count <= limit else { throw Problem.bodyTooLarge(limit) }
                piece.writeImmutableBuffer(part)
                if piece.readableBytes < FileSpool.pieceSize { continue }
                try await append(piece, to: file)
                piece.clear()
            }
            if piece.readableBytes > 0 { try await append(piece, to: file) }
            return SpooledFile(file: file, count: count)
        } catch let failure as UnnamedFile.Failure {
            context.logger.error(
                "A file that came in cannot be put aside", metadata: ["reason": .string(failure.reason)]
            )
            throw ErrandError.unavailable
        }
    }

    private func append(_ piece: ByteBuffer, to file: UnnamedFile) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            FileSpool.queue.async { continuation.resume(with: Result { try file.append(piece) }) }
        }
    }
}
