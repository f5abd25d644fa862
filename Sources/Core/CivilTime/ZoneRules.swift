package import Foundation
import Synchronization

/// The rules of one zone: those that the program came with, or those of the system where they are newer.
package enum ZoneRules: Hashable, Sendable {
    case toolchain(TimeZone)
    case file(ZoneFile)

    /// Zones that are kept at hand; the database has some 600 names.
    private static let keptMax = 1_000
    private static let kept = Mutex<[String: ZoneRules]>([:])

    /// - Returns: nil for a zone that nobody knows.
    static func of(_ identifier: String) -> ZoneRules? {
        if let known = kept.withLock({ $0[identifier] }) { return known }
        guard let rules = find(identifier, in: ZoneData.folderInUse) else { return nil }
        kept.withLock { kept in
            if kept.count >= keptMax { kept = [:] }
            kept[identifier] = rules
        }
        return rules
    }

    /// - Parameter folder: of compiled zones, whose rules count where they can be read; nil for none.
    package static func find(_ identifier: String, in folder: String?) -> ZoneRules? {
        let own = TimeZone(identifier: identifier)
        guard let folder, own != nil || isPlace(identifier), let file = file(identifier, in: folder) else {
            return own.map(ZoneRules.toolchain)
        }
        return .file(file)
    }

    /// Seconds east of UTC in force at `instant`.
    package func offset(at instant: Instant) -> Int64 {
        switch self {
        case .toolchain(let zone):
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)))
        case .file(let file): file.offset(at: instant.seconds)
        }
    }

    /// Whether a zone that the toolchain does not know yet may be one: folders hold more than zones of places.
    private static func isPlace(_ identifier: String) -> Bool {
        let areas = [
            "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
        ]
        return areas.contains { identifier.hasPrefix("\($0)/") }
    }

    private static func file(_ identifier: String, in folder: String) -> ZoneFile? {
        let isName = identifier.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "/_+-".utf8.contains(byte)
            }
        }
        // No name has a dot, so none climbs out of the folder.
        guard isName, !identifier.hasPrefix("/"),
            let handle = FileHandle(forReadingAtPath: "\(folder)/\(identifier)")
        else { return nil }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: ZoneFile.sizeMax + 1) else { return nil }
        return ZoneFile(Array(bytes))
    }
}
