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

    /// The zones that Windows has for most people (CLDR, windowsZones, territory 001).
    private static let windows: [String: String] = [
        "w. europe standard time": "Europe/Berlin", "romance standard time": "Europe/Paris",
        "central europe standard time": "Europe/Budapest", "central european standard time": "Europe/Warsaw",
        "gmt standard time": "Europe/London", "greenwich standard time": "Atlantic/Reykjavik",
        "e. europe standard time": "Europe/Chisinau", "fle standard time": "Europe/Kyiv",
        "gtb standard time": "Europe/Bucharest", "turkey standard time": "Europe/Istanbul",
        "russian standard time": "Europe/Moscow", "israel standard time": "Asia/Jerusalem",
        "egypt standard time": "Africa/Cairo", "south africa standard time": "Africa/Johannesburg",
        "w. central africa standard time": "Africa/Lagos", "e. africa standard time": "Africa/Nairobi",
        "arabian standard time": "Asia/Dubai", "arab standard time": "Asia/Riyadh",
        "iran standard time": "Asia/Tehran", "pakistan standard time": "Asia/Karachi",
        "india standard time": "Asia/Kolkata", "nepal standard time": "Asia/Kathmandu",
        "bangladesh standard time": "Asia/Dhaka", "se asia standard time": "Asia/Bangkok",
        "china standard time": "Asia/Shanghai", "singapore standard time": "Asia/Singapore",
        "taipei standard time": "Asia/Taipei", "tokyo standard time": "Asia/Tokyo",
        "korea standard time": "Asia/Seoul", "w. australia standard time": "Australia/Perth",
        "aus eastern standard time": "Australia/Sydney", "e. australia standard time": "Australia/Brisbane",
        "cen. australia standard time": "Australia/Adelaide", "new zealand standard time": "Pacific/Auckland",
        "hawaiian standard time": "Pacific/Honolulu", "alaskan standard time": "America/Anchorage",
        "pacific standard time": "America/Los_Angeles", "us mountain standard time": "America/Phoenix",
        "mountain standard time": "America/Denver", "central standard time": "America/Chicago",
        "canada central standard time": "America/Regina", "eastern standard time": "America/New_York",
        "atlantic standard time": "America/Halifax", "newfoundland standard time": "America/St_Johns",
        "central standard time (mexico)": "America/Mexico_City", "sa pacific standard time": "America/Bogota",
        "e. south america standard time": "America/Sao_Paulo", "argentina standard time": "America/Buenos_Aires",
        "pacific sa standard time": "America/Santiago", "venezuela standard time": "America/Caracas",
    ]
}
