/// How often a tag is used.
public struct TagCount: Hashable, Sendable {
    public let tag: Tag
    public let count: Int
    public let pending: Int

    public init(tag: Tag, count: Int, pending: Int) {
        self.tag = tag
        self.count = count
        self.pending = pending
    }

    public var json: JSONValue {
        ["name": .string(tag.name), "count": JSONValue(count), "pending": JSONValue(pending)]
    }
}
