import CivilTime

/// Time zones as programs name them: of the IANA database, with a vendor before them, or as Windows calls them.
enum ZoneNames {
    /// - Returns: nil for what no zone is called.
    static func zone(_ name: String) -> Zone? {
        if let zone = Zone(identifier: name) { return zone }
        let trimmed = name.trimmed
        guard !trimmed.isEmpty, trimmed.utf8.count <= 200 else { return nil }
        if ["utc", "etc/utc", "gmt", "etc/gmt", "z", "zulu", "coordinated universal time"].contains(trimmed.lowered) {
            return .utc
        }
        if let zone = Zone(identifier: trimmed) { return zone }
        if let name = windows[trimmed.lowered] { return Zone(identifier: name) }
        // "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "/citadel.org/20210210_1/America/New_York"
        let parts = trimmed.split(separator: "/")
        guard parts.count > 2 else { return nil }
        for count in [3, 2] where parts.count >= count {
            if let zone = Zone(identifier: parts.suffix(count).joined(separator: "/")) { return zone }
        }
        return nil
    }
}
