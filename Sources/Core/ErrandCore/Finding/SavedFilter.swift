/// A filter that somebody has kept under a name.
public struct SavedFilter: Hashable, Sendable {
    public let id: SavedFilterID
    public let ownerID: UserID
    public var name: String
    /// As it was typed; it was understood in the words of its owner when it was saved.
    public var expression: String
    /// Where it stands among the owner's: 0 for the first, without gaps.
    public var position: Int

    public init(id: SavedFilterID, ownerID: UserID, name: String, expression: String, position: Int) {
        self.id = id
        self.ownerID = ownerID
        self.name = name
        self.expression = expression
        self.position = position
    }

    /// `{id, name, expression, position}`.
    public var json: JSONValue { .object(members) }

    var members: JSONObject {
        [
            "id": .string(id.description), "name": .string(name), "expression": .string(expression),
            "position": JSONValue(position),
        ]
    }
}

/// Filters of all users; every call names whose.
public protocol SavedFilterTable {
    /// In their order.
    func all(of owner: UserID) throws(ErrandError) -> [SavedFilter]
    func insert(_ filter: SavedFilter) throws(ErrandError)
    func update(_ filter: SavedFilter) throws(ErrandError)
    /// - Returns: false when there is none, or it is another's.
    func delete(_ id: SavedFilterID, of owner: UserID) throws(ErrandError) -> Bool
}

/// A filter to be saved, or what of one is to be changed; its expression not yet understood.
public struct SavedFilterForm: Hashable, Sendable {
    public let name: String?
    public let expression: String?
    /// Beyond the last one is the end.
    public let position: Int?

    /// Reads `{name, expression, position?}`.
    ///
    /// - Parameter isNew: whether name and expression have to be there.
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ json: JSONValue, at pointer: String = "", isNew: Bool) throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        if isNew { for name in ["name", "expression"] { reader.require(name) } }
        name = reader.text("name", .savedFilterName)
        expression = reader.text("expression", .filterExpression)
        position = reader.integer("position", in: 0...Limits.savedFiltersPerUserMax - 1)
        try reader.finish()
    }
}
