import Foundation

/// Which edition of the IANA time zone database rules come from: `2025b`. Editions are ordered by their names.
public enum ZoneData {
    /// That of the toolchain that the program was built with; nil when it does not say.
    public static let toolchain: String? = edition(NSTimeZone.timeZoneDataVersion)

    /// That of the system's own files, as they are when this is first asked for; nil where there are none, or they do
    /// not say.
    public static let system: String? = edition(of: folder)

    /// Whether zones go by the system's files: where those are newer than what the program came with. Governments
    /// change clocks with weeks of notice, and a system is brought up to date sooner than a program. Stays as it is
    /// until the process ends.
    public static let usesSystem: Bool = isNewer(system, than: toolchain)

    /// The edition that zones go by.
    public static var inUse: String? { usesSystem ? system : toolchain }

    /// The folder that zones are read from; nil where they come with the program.
    static let folderInUse: String? = usesSystem ? folder : nil

    package static func isNewer(_ system: String?, than toolchain: String?) -> Bool {
        guard let system, let toolchain else { return false }
        return system > toolchain
    }

    /// Where the system keeps its files: `TZDIR`, as for the C library, else `/usr/share/zoneinfo`.
    static var folder: String {
        let named = ProcessInfo.processInfo.environment["TZDIR"] ?? ""
        return named.isEmpty ? "/usr/share/zoneinfo" : named
    }

    /// The edition of a folder of compiled zones, by the files that come with it: `tzdata.zi` begins with
    /// `# version 2025b`, `+VERSION` and `version` hold nothing else.
    package static func edition(of folder: String) -> String? {
        for name in ["tzdata.zi", "+VERSION", "version"] {
            guard let file = FileHandle(forReadingAtPath: "\(folder)/\(name)") else { continue }
            defer { try? file.close() }
            guard let start = try? file.read(upToCount: 64) else { continue }
            let line = String(decoding: start, as: UTF8.self).prefix { !$0.isNewline }
            if let edition = edition(line.split(separator: " ").last.map(String.init) ?? "") { return edition }
        }
        return nil
    }

    /// Four digits of the year and small letters, or nil.
    private static func edition(_ text: String) -> String? {
        text.wholeMatch(of: #/(19|20)[0-9]{2}[a-z]{1,2}/#) == nil ? nil : text
    }
}
