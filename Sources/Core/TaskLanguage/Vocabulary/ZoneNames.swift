import CivilTime

/// What people call zones: abbreviations, which often mean several, and places whose clocks are meant.
///
/// Abbreviations are those of the IANA time zone database (files `europe`, `northamerica`, `asia`, `australasia`).
enum ZoneNames {
    struct Found {
        let zone: Zone
        /// Whether the abbreviation is used for other zones too.
        let isDoubtful: Bool
    }

    /// - Parameters:
    ///   - name: in lower case.
    ///   - home: the user's zone; of several that the name can mean, one that is spoken of there counts.
    static func abbreviation(_ name: String, home: Zone?) -> Found? {
        guard let candidates = abbreviations[name] else { return nil }
        let region = home?.identifier ?? ""
        let near = candidates.dropFirst().first { homes[$0]?.contains { region.hasPrefix($0) } ?? (region == $0) }
        guard let zone = Zone(identifier: near ?? candidates[0]) else { return nil }
        return Found(zone: zone, isDoubtful: candidates.count > 1)
    }

    /// "tokyo", "new york", "pacific".
    static func place(_ name: String) -> Zone? {
        if let identifier = places[name] { return Zone(identifier: identifier) }
        if let zone = Zone.city(name) { return zone }
        // "Londoner Zeit"
        return name.hasSuffix("er") ? Zone.city(String(name.dropLast(2))) ?? Zone.city(String(name.dropLast())) : nil
    }

    /// The first is the most usual meaning.
    private static let abbreviations: [String: [String]] = {
        let (east, central) = ("America/New_York", "America/Chicago")
        let (mountain, west) = ("America/Denver", "America/Los_Angeles")
        return [
            "utc": ["UTC"], "gmt": ["UTC"], "et": [east], "edt": [east], "est": [east, "Australia/Sydney"],
            "ct": [central], "cdt": [central], "cst": [central, "Asia/Shanghai"], "mt": [mountain],
            "mst": [mountain], "mdt": [mountain], "pt": [west], "pdt": [west], "pst": [west, "Asia/Manila"],
            "bst": ["Europe/London", "Asia/Dhaka"], "ist": ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
            "cet": ["Europe/Paris"], "cest": ["Europe/Paris"], "mez": ["Europe/Berlin"], "mesz": ["Europe/Berlin"],
            "wet": ["Europe/Lisbon"], "eet": ["Europe/Helsinki"], "eest": ["Europe/Helsinki"],
            "msk": ["Europe/Moscow"], "jst": ["Asia/Tokyo"], "kst": ["Asia/Seoul"], "hkt": ["Asia/Hong_Kong"],
            "sgt": ["Asia/Singapore"], "aest": ["Australia/Sydney"], "aedt": ["Australia/Sydney"],
            "acst": ["Australia/Adelaide"], "awst": ["Australia/Perth"], "nzst": ["Pacific/Auckland"],
            "nzdt": ["Pacific/Auckland"], "sast": ["Africa/Johannesburg"], "brt": ["America/Sao_Paulo"],
            "pacific": [west], "eastern": [east],
            "akst": ["America/Anchorage"], "hst": ["Pacific/Honolulu"],
        ]
    }()

    /// Who means the less usual zone, besides those who live by it.
    private static let homes: [String: [String]] = [
        "Australia/Sydney": ["Australia/"], "Asia/Shanghai": ["Asia/Shanghai", "Asia/Taipei", "Asia/Macau"],
    ]

    private static let places: [String: String] = [
        "pacific": "America/Los_Angeles", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
        "eastern": "America/New_York", "boston": "America/New_York", "miami": "America/New_York",
        "washington": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
        "uk": "Europe/London", "british": "Europe/London", "edinburgh": "Europe/London", "munich": "Europe/Berlin",
        "münchner": "Europe/Berlin", "hamburg": "Europe/Berlin", "frankfurt": "Europe/Berlin",
        "german": "Europe/Berlin", "geneva": "Europe/Zurich", "milan": "Europe/Rome", "barcelona": "Europe/Madrid",
        "wiener": "Europe/Vienna", "pariser": "Europe/Paris", "india": "Asia/Kolkata", "indian": "Asia/Kolkata",
        "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata",
        "chennai": "Asia/Kolkata", "hyderabad": "Asia/Kolkata", "beijing": "Asia/Shanghai", "japan": "Asia/Tokyo",
        "osaka": "Asia/Tokyo", "tokioter": "Asia/Tokyo", "tel aviv": "Asia/Jerusalem", "abu dhabi": "Asia/Dubai",
        "rio": "America/Sao_Paulo", "cape town": "Africa/Johannesburg",
    ]
}
