import ErrandHTTP

/// Versions of tasks as strong entity tags (RFC 9110 §8.8.3).
enum EntityTag {
    static func text(_ version: Int64) -> String { "\"\(version)\"" }

    /// The versions an `If-Match` field allows; nil for any, when it is absent or `*`.
    ///
    /// A weak tag matches nothing here (RFC 9110 §13.1.1), nor does a tag that is none of ours.
    static func versions(_ field: String?) throws(Problem) -> [Int64]? {
        guard let field, field != "*" else { return nil }
        guard !field.isEmpty else { throw .malformedRequest("If-Match must not be empty.") }
        var versions: [Int64] = []
        for part in field.split(separator: ",") {
            let tag = part.filter { $0 != " " && $0 != "\t" }
            guard tag.hasSuffix("\""), tag.hasPrefix("\"") || tag.hasPrefix("W/\""), tag.utf8.count >= 2 else {
                throw .malformedRequest("If-Match must be a list of quoted entity tags, or *.")
            }
            if tag.hasPrefix("\""), let version = Int64(tag.dropFirst().dropLast()) { versions.append(version) }
        }
        return versions
    }

    /// Whether an `If-None-Match` field names this version; the comparison is weak (RFC 9110 §13.1.2).
    static func matches(_ field: String?, version: Int64) -> Bool {
        guard let field else { return false }
        return field.split(separator: ",").contains { part in
            let tag = part.filter { $0 != " " && $0 != "\t" }
            return tag == "*" || tag == text(version) || tag == "W/\(text(version))"
        }
    }
}
