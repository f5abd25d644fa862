extension Tag {
    /// The tag that an address or an argument names.
    ///
    /// - Throws: ``ErrandError/notFound(_:)`` for what can be no tag.
    init(named text: String) throws(ErrandError) {
        guard let tag = Tag(valid: text) else { throw .notFound(.tag) }
        self = tag
    }

    /// Reads `{name}`.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    init(form json: JSONValue, at pointer: String) throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        reader.require("name")
        let name = reader.text("name", .tag) ?? ""
        try reader.finish()
        self.init(name: name)
    }

    /// - Returns: nil when the text breaks the rules for tags.
    init?(valid text: String) {
        guard case .success(let name) = TextRule.tag.apply(to: text) else { return nil }
        self.init(name: name)
    }
}
