import ErrandCore
import ErrandHTTP

/// States of tasks as strong entity tags (RFC 9110 §8.8.3): `"7"`, or `"7-2k9f0c"` where version 7 has instants that
/// were derived, which change by themselves. States of lists as weak ones: `W/"41.2k9f0c.1x4"`.
enum EntityTag {
    static func text(_ validator: TaskValidator) -> String { "\"\(validator)\"" }

    /// - Parameter edition: of the program, whose next may write the same things another way.
    static func text(_ validator: AnswerValidator, _ edition: String) -> String { "W/\"\(validator).\(edition)\"" }

    /// The versions an `If-Match` field allows; nil for any, when it is absent or `*`. The version alone counts: who
    /// changes a task need not know that a reminder has fired meanwhile.
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
            if tag.hasPrefix("\""), let validator = TaskValidator(String(tag.dropFirst().dropLast())) {
                versions.append(validator.version)
            }
        }
        return versions
    }

    /// Whether an `If-None-Match` field names this very state; the comparison is weak (RFC 9110 §13.1.2).
    static func matches(_ field: String?, _ validator: TaskValidator) -> Bool {
        matches(field, text(validator))
    }

    /// Whether an `If-None-Match` field names a tag, whichever of the two is weak.
    static func matches(_ field: String?, _ tag: String) -> Bool {
        guard let field else { return false }
        // What clients send as a rule: the tag as they were given it.
        if field == tag { return true }
        let opaque = tag.hasPrefix("W/") ? tag.dropFirst(2) : Substring(tag)
        return field.split(separator: ",").contains { part in
            let named = part.filter { $0 != " " && $0 != "\t" }
            return named == "*" || named == opaque || named == "W/\(opaque)"
        }
    }
}
