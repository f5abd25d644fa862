import Foundation
import NIOCore

/// A file without a name: the system gives its room back when nobody has it open any more, and when the process ends,
/// however that happens.
final class UnnamedFile: Sendable {
    private let descriptor: CInt

    /// Why the system refuses something.
    struct Failure: Error {
        let code: CInt

        var reason: String { String(cString: strerror(code)) }
    }

    /// - Parameter folder: on the disk that it is to lie on.
    init(in folder: String) throws(Failure) {
        var path = Array("\(folder)/errand-import-XXXXXX".utf8CString)
        var code: CInt = 0
        descriptor = path.withUnsafeMutableBufferPointer { path in
            guard let name = path.baseAddress else { return -1 }
            let descriptor = mkstemp(name)
            if descriptor >= 0 { unlink(name) } else { code = errno }
            return descriptor
        }
        if descriptor < 0 { throw Failure(code: code) }
        // No program that this one starts has to do with it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Writes at the end.
    func append(_ piece: ByteBuffer) throws(Failure) {
        let code = piece.withUnsafeReadableBytes { bytes -> CInt in
            var written = 0
            while written < bytes.count {
                let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                written += count
            }
            return 0
        }
        if code != 0 { throw Failure(code: code) }
    }

    /// - Precondition: the file has as many octets.
    func bytes(at offset: Int, count: Int) throws(Failure) -> [UInt8] {
        var code: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let start = buffer.baseAddress.map { $0 + filled }
                let got = pread(descriptor, start, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    code = got < 0 ? errno : EIO
                    return
                }
                filled += got
            }
        }
        if code != 0 { throw Failure(code: code) }
        return bytes
    }
}
