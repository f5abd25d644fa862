import Foundation

extension Zone {
    /// The zone that has its name from a city: "london" is `Europe/London`, "new york" is `America/New_York`.
    ///
    /// - Parameter name: in lower case, words apart.
    /// - Returns: nil for cities that no zone is called after.
    public static func city(_ name: String) -> Zone? { cities[name].flatMap { Zone(identifier: $0) } }

    /// By the last part of the names in the IANA database; `America` and `Europe` go first where two share one.
    private static let cities: [String: String] = {
        var cities: [String: String] = [:]
        for identifier in TimeZone.knownTimeZoneIdentifiers.sorted() {
            let parts = identifier.split(separator: "/")
            guard parts.count >= 2, let last = parts.last else { continue }
            let name = last.replacingOccurrences(of: "_", with: " ").lowercased()
            if cities[name] == nil { cities[name] = identifier }
        }
        return cities
    }()
}
