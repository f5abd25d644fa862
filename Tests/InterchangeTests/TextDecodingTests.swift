import Interchange
import Testing

@Suite struct TextDecodingTests {
    private static let text = "title,notes\r\nGrüße,„ab“ 😀\r\n"

    private static func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isBigEndian ? [high, low] : [low, high]
        }
    }

    static let encodings: [(name: String, bytes: [UInt8])] = [
        ("UTF-8", Array(text.utf8)),
        ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + text.utf8),
        ("UTF-16 LE with a mark", [0xFF, 0xFE] + utf16(text, isBigEndian: false)),
        ("UTF-16 BE with a mark", [0xFE, 0xFF] + utf16(text, isBigEndian: true)),
        ("UTF-16 LE", utf16(text, isBigEndian: false)),
        ("UTF-16 BE", utf16(text, isBigEndian: true)),
    ]

    @Test(arguments: encodings) func `text is read whatever it is written in`(name: String, bytes: [UInt8]) throws {
        let task = try #require(try entries(bytes, .csv).first?.task)
        #expect(task.title == "Grüße")
        #expect(task.description == "„ab“ 😀")
        #expect(TaskFiles.recognise(bytes, name: nil) == .csv)
    }

    @Test func `what is no UTF-8 is Windows-1252`() throws {
        let bytes = Array("title,notes\nGr".utf8) + [0xFC, 0xDF] + Array("e,".utf8) + [0x80, 0x84, 0x81]
        let task = try #require(try entries(bytes, .csv).first?.task)
        #expect(task.title == "Grüße")
        #expect(task.description == "€„\u{FFFD}")
    }

    @Test func `a NUL is found by line and column, in code points`() {
        let error = failure(Array("title\r\nä😀".utf8) + [0] + Array("b\nmore".utf8), .csv)
        #expect(error == TaskFileError(line: 2, column: 3, "There is a NUL, so this is not a text file."))
    }

    @Test func `octets after a mark that are no text do not stop the file`() throws {
        let task = try #require(try entries([0xEF, 0xBB, 0xBF] + Array("title\na".utf8) + [0xFF], .csv).first?.task)
        #expect(task.title == "a\u{FFFD}")
    }
}
