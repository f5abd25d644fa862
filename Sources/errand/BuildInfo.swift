import CivilTime
import Crypto
import Foundation

/// What this program is: for `errand --version` and for reports of faults.
enum BuildInfo {
    /// What the sources were, by the file `<program>.commit` that `make build` and the image put beside the program: so
    /// a new commit makes nobody compile anew. Nil where there is none.
    static var commit: String? {
        // The loader's own view; where there is no /proc, as in a bare chroot, nobody knows.
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let file = FileHandle(forReadingAtPath: program + ".commit")
        else { return nil }
        defer { try? file.close() }
        guard let bytes = try? file.read(upToCount: 64) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.wholeMatch(of: #/[0-9a-f]{7,40}(-dirty)?/#) == nil ? nil : text
    }

    /// What tells this program, with its zone data, from every other that answers may come from: letters and digits. By
    /// its file rather than its version, since programs of one version are made of different sources.
    static let edition: String = {
        let file = try? FileManager.default.attributesOfItem(
            atPath: FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let size = (file?[.size] as? NSNumber)?.uint64Value ?? 0
        let made = (file?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        // Where nobody knows the file, this start is told from every other.
        let mark = file == nil ? "\(UUID())" : "\(size) \(made)"
        let text = "\(ErrandCommand.version) \(mark) \(ZoneData.inUse ?? "")"
        return SHA256.hash(data: Array(text.utf8)).prefix(4)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }()

    /// Three lines: version, commit, zone data.
    static var lines: [String] {
        [
            "errand \(ErrandCommand.version)",
            commit.map { "commit \($0)" } ?? "unknown commit",
            "zone data \(ZoneData.inUse ?? "of an unknown version") "
                + "(the program's: \(ZoneData.toolchain ?? "unknown"), the system's: \(ZoneData.system ?? "none"))",
        ]
    }
}
