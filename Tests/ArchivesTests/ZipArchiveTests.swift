import Archives
import Testing

@Suite struct ZipArchiveTests {
    static let limits = ZipLimits(entriesMax: 100, expandedBytesMax: 4_000_000, ratioMax: 200)

    private func fault(_ body: () throws(ZipError) -> Void) -> String? {
        do throws(ZipError) {
            try body()
            return nil
        } catch {
            return error.detail
        }
    }

    /// Everything that is in an archive.
    private func files(_ bytes: [UInt8], _ limits: ZipLimits = limits) throws(ZipError) -> [[UInt8]] {
        let archive = try ZipArchive(bytes, limits)
        return try archive.unpacked(archive.entries)
    }

    @Test func `files are found by name, stored or deflated, in the order that is asked for`() throws {
        var maker = ZipMaker()
        let text = Array(String(repeating: "milk and bread\n", count: 1_000).utf8)
        maker.add("folder/")
        maker.add("a.txt", Array("stored".utf8), isDeflated: false)
        maker.add("folder/ä.csv", text)
        maker.add("empty", [])
        maker.note = "PK\u{5}\u{6} within a note"
        let archive = try ZipArchive(maker.archive, Self.limits)
        #expect(archive.entries.map(\.name) == ["folder/", "a.txt", "folder/ä.csv", "empty"])
        #expect(archive.entries.map(\.bytes) == [0, 6, text.count, 0])
        #expect(archive.entries[2].packedBytes < 1_000)
        let files = try archive.unpacked([archive.entries[2], archive.entries[1], archive.entries[3]])
        #expect(files == [text, Array("stored".utf8), []])
        #expect(ZipArchive.isArchive(maker.archive))
    }

    @Test func `sizes may stand behind a file, and something before the first one`() throws {
        var maker = ZipMaker()
        maker.hasSizesBehind = true
        maker.add("a", Array("abc".utf8))
        #expect(try files(maker.archive) == [Array("abc".utf8)])
    }

    @Test func `an archive of nothing is one`() throws {
        let archive = ZipMaker().archive
        #expect(ZipArchive.isArchive(archive))
        #expect(try ZipArchive(archive, Self.limits).entries.isEmpty)
        #expect(!ZipArchive.isArchive(Array("PK".utf8)))
    }

    @Test func `names that lead out of the archive are not told`() throws {
        var maker = ZipMaker()
        let bad = [
            "../a", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "..", "a/..", "a\nb", "",
        ]
        for name in bad { maker.add(name, [1]) }
        maker.add("a..b/c.txt", [2])
        #expect(try ZipArchive(maker.archive, Self.limits).entries.map(\.name) == ["a..b/c.txt"])
    }

    @Test func `what is too large is refused before it is unpacked`() throws {
        var bomb = ZipMaker()
        bomb.add("bomb", [UInt8](repeating: 0, count: 3_000_000))
        #expect(
            fault { () throws(ZipError) in _ = try files(bomb.archive) }
                == "bomb unpacks to more than 200 times its size.")
        var large = ZipMaker()
        for number in 0..<5 { large.add("\(number)", [UInt8](repeating: 0, count: 1_000_000)) }
        let detail = "The archive unpacks to more than 4000000 octets."
        #expect(fault { () throws(ZipError) in _ = try files(large.archive) } == detail)
        var many = ZipMaker()
        for number in 0..<101 { many.add("\(number)", []) }
        #expect(fault { () throws(ZipError) in _ = try files(many.archive) } == "The archive has more than 100 files.")
    }

    @Test func `a file that is larger or smaller than it says is refused`() {
        for (said, isDeflated) in [(10, true), (5_000, true), (10, false), (5_000, false)] {
            var maker = ZipMaker()
            maker.add("a", Array(String(repeating: "x", count: 1_000).utf8), isDeflated: isDeflated, said: said)
            let detail = fault { () throws(ZipError) in _ = try files(maker.archive) }
            #expect(detail == "a does not unpack to what the archive says.")
        }
    }

    @Test func `what is damaged is refused`() {
        for isDeflated in [true, false] {
            var maker = ZipMaker()
            maker.add("a", Array("milk and bread".utf8), isDeflated: isDeflated)
            var bytes = maker.archive
            // The fourth octet of the file, behind its head and its name.
            bytes[30 + 1 + 3] ^= 0x20
            #expect(fault { () throws(ZipError) in _ = try files(bytes) } != nil)
        }
        var wrong = ZipMaker()
        wrong.checksumChange = 1
        wrong.add("a", Array("milk".utf8))
        #expect(
            fault { () throws(ZipError) in _ = try files(wrong.archive) }
                == "a is damaged: its checksum is another.")
    }

    @Test func `what is encrypted, of several parts, ZIP64 or packed otherwise is refused`() {
        func detail(_ change: (inout ZipMaker) -> Void) -> String? {
            var maker = ZipMaker()
            change(&maker)
            maker.add("a", Array("milk".utf8))
            return fault { () throws(ZipError) in _ = try files(maker.archive) }
        }
        #expect(detail { $0.flags = 1 } == "a is encrypted.")
        #expect(detail { $0.method = 12 } == "a is packed in a way that is not known (12).")
        #expect(detail { $0.disk = 1 } == "The archive is one part of several.")
        let zip64 = "The archive is of the kind for files of 4 GiB and more (ZIP64)."
        #expect(detail { $0.hasZip64Locator = true } == zip64)
        #expect(detail { $0.countSaid = 0xFFFF } == zip64)
        #expect(detail { $0.headSaid = 0xFFFF_FFFF } == zip64)
        #expect(detail { $0.headSaid = 5 } == "a is not where the archive says.")
        #expect(detail { $0.countSaid = 3 } == "The list of files in the archive is broken.")
        #expect(detail { $0.offsetChange = 1_000 } == "The list of files in the archive is broken.")
    }

    @Test func `an archive that breaks off is refused at every place`() {
        var maker = ZipMaker()
        maker.add("a", Array("milk".utf8))
        maker.add("b", Array(String(repeating: "bread ", count: 100).utf8))
        let bytes = maker.archive
        for count in 0..<bytes.count {
            #expect(fault { () throws(ZipError) in _ = try files(Array(bytes[..<count])) } != nil)
        }
    }
}
