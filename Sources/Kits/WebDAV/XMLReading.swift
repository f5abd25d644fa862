import CExpat

/// Why a document was not read.
public struct XMLFault: Error, Hashable, Sendable {
    /// From 1.
    public let line: Int
    /// From 1, in octets.
    public let column: Int
    public let detail: String
}

extension XMLElement {
    /// Elements within each other; the deepest request of CalDAV has nine.
    public static let depthMax = 32
    /// Elements of a document.
    public static let countMax = 20_000

    /// The root of a document.
    ///
    /// Document types are refused, and with them entities of any kind: no element grows beyond what was sent, and
    /// nothing is fetched.
    ///
    /// - Throws: where the text is no well-formed XML, or goes beyond ``depthMax`` or ``countMax``.
    public static func parse(_ bytes: [UInt8]) throws(XMLFault) -> XMLElement {
        guard let parser = XML_ParserCreateNS("UTF-8", CChar(bitPattern: separator)) else {
            throw XMLFault(line: 1, column: 1, detail: "There is no memory for this.")
        }
        defer { XML_ParserFree(parser) }
        let builder = XMLBuilder(parser)
        return try withExtendedLifetime(builder) { () throws(XMLFault) in
            XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
            XML_SetElementHandler(parser, beginElement, endElement)
            XML_SetCharacterDataHandler(parser, addText)
            XML_SetStartDoctypeDeclHandler(parser, refuseDocumentType)
            let status = bytes.withUnsafeBytes { octets in
                XML_Parse(parser, octets.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(octets.count), 1)
            }
            if let root = builder.root, status == XML_STATUS_OK { return root }
            let detail = builder.fault ?? XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
            throw XMLFault(
                line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1,
                detail: detail ?? "This is no XML."
            )
        }
    }
}

/// Between a namespace and a name: no URI has it.
private let separator = UInt8(ascii: "\n")

/// Puts elements together as the parser comes to them.
private final class XMLBuilder {
    private let parser: XML_Parser
    private var open: [XMLElement] = []
    private var count = 0
    private(set) var root: XMLElement?
    private(set) var fault: String?

    init(_ parser: XML_Parser) { self.parser = parser }

    static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLBuilder? {
        pointer.map { Unmanaged<XMLBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func stop(_ detail: String) {
        if fault == nil { fault = detail }
        XML_StopParser(parser, 0)
    }

    func begin(_ name: String, _ attributes: [String: String]) {
        count += 1
        if open.count == XMLElement.depthMax { return stop("Elements lie too deep within each other.") }
        if count > XMLElement.countMax { return stop("There are too many elements.") }
        let parts = name.split(separator: "\n", maxSplits: 1)
        let full = parts.count == 2 ? XMLName(String(parts[0]), String(parts[1])) : XMLName("", name)
        open.append(XMLElement(full, attributes: attributes))
    }

    func end() {
        guard let done = open.popLast() else { return }
        if open.isEmpty {
            root = done
        } else {
            open[open.count - 1].children.append(done)
        }
    }

    func add(_ text: String) {
        if !open.isEmpty { open[open.count - 1].text += text }
    }
}

private func beginElement(
    _ builder: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
    guard let builder = XMLBuilder.of(builder), let name else { return }
    var values: [String: String] = [:]
    var place = attributes
    while let name = place?[0], let value = place?[1] {
        values[String(cString: name)] = String(cString: value)
        place = place?.advanced(by: 2)
    }
    builder.begin(String(cString: name), values)
}

private func endElement(_ builder: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) {
    XMLBuilder.of(builder)?.end()
}

private func addText(_ builder: UnsafeMutableRawPointer?, _ text: UnsafePointer<CChar>?, _ length: Int32) {
    guard let text else { return }
    let octets = UnsafeRawBufferPointer(start: text, count: Int(length))
    XMLBuilder.of(builder)?.add(String(decoding: octets, as: UTF8.self))
}

private func refuseDocumentType(
    _ builder: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?, _ system: UnsafePointer<CChar>?,
    _ publicID: UnsafePointer<CChar>?, _ hasSubset: Int32
) {
    XMLBuilder.of(builder)?.stop("A document type is not read here.")
}
