import Interchange
import Testing

/// Files of JSON that are broken, or made to break their reader.
@Suite struct JSONFileTests {
    static let formats: [TaskFileFormat] = [.taskwarrior, .vikunja, .microsoftToDo]

    @Test(arguments: [
        ("[\n {\"title\": \"a\",}\n]", 2, 16, "expected a member name"),
        ("[\n\n {\"title\" \"a\"}]", 3, 11, "expected ':'"),
        ("[{\"a\": tru}]", 1, 8, "expected a value"),
        ("[{\"a\": 01x}]", 1, 8, "expected a value"),
        ("[{\"a\": 1\r\n \"b\": 2}]", 2, 2, "expected ',' or '}'"),
        ("[{\"a\": \"b", 1, 8, "a string is begun here and not ended on its line"),
        ("[{\"ä\": \"\\q\"}]", 1, 10, "unknown escape"),
        ("[{\"a\": \"\\u00g0\"}]", 1, 13, "expected four hexadecimal digits"),
        ("[{\"a\": 1}", 1, 10, "expected ',' or ']'"),
        ("[{\"a\": ", 1, 8, "unexpected end"),
        ("[{\"a\": 1}] x", 1, 12, "unexpected text after the value"),
    ]) func `a fault is told with its line and column`(text: String, line: Int, column: Int, reason: String) throws {
        for format in Self.formats {
            let fault = try #require(failure(text, format))
            #expect(fault == TaskFileError(line: line, column: column, "Is no JSON here: \(reason)."), "\(format)")
        }
    }

    @Test(arguments: formats) func `what is nested too deep, or is no text, is refused`(format: TaskFileFormat) {
        for opening in ["[", "{\"a\":", "[{\"tasks\":", "[{\"child_projects\":[", "{\"value\":["] {
            let deep = String(repeating: opening, count: 100_000)
            #expect(failure(deep, format)?.detail.isEmpty == false)
        }
        let within = "[{\"title\":\"a\",\"tasks\":[{\"title\":\"b\",\"x\":" + String(repeating: "[", count: 70)
        #expect(failure(within, format)?.detail == "Is no JSON here: nested too deep.")
        #expect(failure("[{\"title\":\"a\u{0}b\"}]", format)?.detail.hasPrefix("There is a NUL") == true)
        #expect(failure("", format) != nil)
        #expect(failure("7", format) != nil)
    }

    @Test(arguments: formats) func `a task of too many values is refused`(format: TaskFileFormat) {
        let many = "[{\"title\":\"l\",\"displayName\":\"l\",\"tasks\":[{\"title\":\"b\",\"x\":["
        let text = many + String(repeating: "1,", count: 30_000) + "1]}]}]"
        #expect(failure(text, format)?.detail == "Is no JSON here: more than 20000 values in one task.")
    }

    @Test func `half a pair of a character is replaced, and escapes are read`() throws {
        let text = #"[{"description":"\ud83d\ude00 \ud83d \ude00 \/ \t\u00e9 \ud83dA","status":"pending"}]"#
        let task = try #require(try tasks(text, .taskwarrior).first)
        #expect(task.title == "😀 \u{FFFD} \u{FFFD} / \té \u{FFFD}A")
    }

    @Test func `of members with the same name the last counts`() throws {
        let text = #"[{"description":"a","status":"completed","description":"b","status":"pending"}]"#
        #expect(try tasks(text, .taskwarrior).map(\.title) == ["b"])
    }

    @Test func `too many lists are refused`() {
        let text = "[" + String(repeating: "{},", count: 20_000) + "{}]"
        #expect(failure(text, .vikunja)?.detail == "There are more than 10000 lists in the file.")
    }
}
