import Foundation

/// A word that groups tasks. Shown as it was written, compared without regard to case and width; see ``TagKey``.
public struct Tag: Hashable, Sendable {
    public let name: String
    /// What two spellings of one tag share.
    public let key: String

    /// - Parameter name: trimmed, valid text; see ``FieldReader``.
    public init(name: String) {
        self.name = name
        self.key = TagKey.key(of: name)
    }

    public static func == (left: Tag, right: Tag) -> Bool { left.key == right.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension String {
    /// The text with differences of case removed, for comparing e-mail addresses and passwords; tags have a
    /// ``TagKey``, what is sorted a ``CollationKey``.
    ///
    /// Upper-casing first brings together what has no one-to-one lower case (ß and SS, the two sigmas),
    /// which is what Unicode full case folding does for the letters people use; canonical composition
    /// makes the result the same bytes for the same text.
    public var caseFolded: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
        return uppercased().lowercased().precomposedStringWithCanonicalMapping
    }
}

extension [Tag] {
    /// The tags with later spellings of an earlier one left out.
    public var withoutRepeats: [Tag] {
        var seen: Set<String> = []
        return filter { seen.insert($0.key).inserted }
    }
}
