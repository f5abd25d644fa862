/// An element of an XML document with what is in it.
public struct XMLElement: Hashable, Sendable {
    public let name: XMLName
    /// Those without a namespace, by their names.
    public var attributes: [String: String]
    public var children: [XMLElement]
    /// The text between its children, put together.
    public var text: String

    public init(
        _ name: XMLName, attributes: [String: String] = [:], text: String = "", _ children: [XMLElement] = []
    ) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    public func first(_ name: XMLName) -> XMLElement? { children.first { $0.name == name } }

    public func all(_ name: XMLName) -> [XMLElement] { children.filter { $0.name == name } }

    /// The text without the white space around it.
    public var value: String {
        let text = text.drop(while: \.isWhitespace)
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[...last])
    }
}
