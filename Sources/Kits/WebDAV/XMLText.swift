/// Writes XML. The namespaces that WebDAV needs are named once, at the root.
public struct XMLText: Sendable {
    private static let prefixes = [
        "DAV:": "D", "urn:ietf:params:xml:ns:caldav": "C", "http://calendarserver.org/ns/": "CS",
    ]

    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// The declaration and the start of the root, left open.
    public mutating func open(_ root: XMLName) {
        add("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<\(Self.tag(root))")
        for (namespace, prefix) in Self.prefixes.sorted(by: { $0.value < $1.value }) {
            add(" xmlns:\(prefix)=\"\(namespace)\"")
        }
        add(">")
    }

    public mutating func close(_ root: XMLName) { add("</\(Self.tag(root))>\n") }

    public mutating func add(_ element: XMLElement) {
        let tag = Self.tag(element.name)
        add("<\(tag)")
        if Self.prefixes[element.name.namespace] == nil {
            add(" xmlns=\"")
            addEscaped(element.name.namespace)
            add("\"")
        }
        for (name, value) in element.attributes.sorted(by: { $0.key < $1.key }) {
            add(" \(name)=\"")
            addEscaped(value)
            add("\"")
        }
        if element.children.isEmpty, element.text.isEmpty { return add("/>") }
        add(">")
        addEscaped(element.text)
        for child in element.children { add(child) }
        add("</\(tag)>")
    }

    private static func tag(_ name: XMLName) -> String {
        prefixes[name.namespace].map { "\($0):\(name.local)" } ?? name.local
    }

    private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Characters that XML 1.0 §2.2 has no place for are left out; line ends are kept as they are.
    private mutating func addEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            case 0x0D: bytes.append(contentsOf: "&#13;".utf8)
            case 0x00..<0x20 where byte != 0x09 && byte != 0x0A: break
            default: bytes.append(byte)
            }
        }
    }
}
