import CivilTime
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
