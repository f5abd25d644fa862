import Testing
import WebDAV

@Suite struct XMLTests {
    private func parse(_ text: String) throws(XMLFault) -> XMLElement { try XMLElement.parse(Array(text.utf8)) }

    @Test func `names are read with their namespaces, however they are written`() throws {
        let root = try parse(
            """
            <?xml version="1.0"?>
            <d:propfind xmlns:d="DAV:"><d:prop><getetag xmlns="DAV:"/>
            <x:calendar-data xmlns:x="urn:ietf:params:xml:ns:caldav" version="2.0">a &amp; b</x:calendar-data>
            <odd/></d:prop></d:propfind>
            """)
        let prop = try #require(root.first(.dav("prop")))
        #expect(root.name == .dav("propfind"))
        #expect(prop.children.map(\.name) == [.dav("getetag"), .calendar("calendar-data"), XMLName("", "odd")])
        #expect(prop.children[1].value == "a & b" && prop.children[1].attributes == ["version": "2.0"])
    }

    @Test(
        arguments: [
            "", "no XML", "<a>", "<a></b>", "<a xmlns:x=\"u\"><y:b/></a>", "<a>&unknown;</a>", "<a>\u{0}</a>",
        ]
    )
    func `what is no XML is refused with its place`(_ text: String) {
        let fault = #expect(throws: XMLFault.self) { try parse(text) }
        #expect((fault?.line ?? 0) >= 1 && fault?.detail.isEmpty == false)
    }

    /// <https://cwe.mitre.org/data/definitions/776.html>, and entities from elsewhere.
    @Test(
        arguments: [
            """
            <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><a>&lol2;</a>
            """,
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        ]
    )
    func `document types are refused, and entities with them`(_ text: String) {
        let fault = #expect(throws: XMLFault.self) { try parse(text) }
        #expect(fault?.detail == "A document type is not read here.")
    }

    @Test func `depth and number of elements have limits`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        _ = try parse(nested(XMLElement.depthMax))
        #expect(throws: XMLFault.self) { try parse(nested(XMLElement.depthMax + 1)) }
        let many = String(repeating: "<b/>", count: XMLElement.countMax - 1)
        #expect(try parse("<a>\(many)</a>").children.count == XMLElement.countMax - 1)
        #expect(throws: XMLFault.self) { try parse("<a>\(many)<b/></a>") }
    }

    @Test func `what is written is read again`() throws {
        let element = XMLElement(
            .dav("response"), attributes: ["name": "\"a\" & <b>"],
            [
                XMLElement(.calendar("calendar-data"), text: "BEGIN:VCALENDAR\r\nA:]]> <&>\r\n"),
                XMLElement(XMLName("http://example.org/&", "odd"), text: "ü 🧺\u{1}"), XMLElement(.dav("empty")),
            ])
        var text = XMLText()
        text.open(.dav("multistatus"))
        text.add(element)
        text.close(.dav("multistatus"))
        var expected = element
        expected.children[1].text = "ü 🧺"
        #expect(try XMLElement.parse(text.bytes).children == [expected])
    }

    @Test func `properties are answered by what was asked for`() throws {
        func answer(_ body: String) throws -> MultistatusResponse {
            try PropertyRequest(parse(body)).response(of: "/a", usual: [.dav("getetag"), .dav("owner")]) { name in
                name == .dav("getetag") ? XMLElement(name, text: "1") : nil
            }
        }
        let tag = XMLElement(.dav("getetag"), text: "1")
        #expect(try answer("<propfind xmlns=\"DAV:\"><allprop/></propfind>").found == [tag])
        #expect(
            try answer("<propfind xmlns=\"DAV:\"><propname/></propfind>").found == [XMLElement(.dav("getetag"))])
        let both = try answer("<propfind xmlns=\"DAV:\"><prop><getetag/><owner/></prop></propfind>")
        #expect(both.found == [tag] && both.missing == [.dav("owner")])
        #expect(both.element.all(.dav("propstat")).count == 2)
    }
}
