import CivilTime
import Interchange
import Testing

@Suite struct RecognitionTests {
    static let files: [(text: String, name: String?, format: TaskFileFormat?)] = [
        ("{\n  \"format\": \"errand\",\n  \"version\": 1", "a.txt", .json),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0", "tasks.csv", .ical),
        ("\u{FEFF}begin:vcalendar\n", nil, .ical),
        ("Title;Due\nA;2026-01-01", nil, .csv),
        ("title\nA", "a.csv", .csv),
        ("title\nA", nil, nil),
        ("TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT\n", "a.csv", .todoist),
        ("\"Version: 7.1\"\n\"Folder Name\",\"List Name\",\"Title\"\n", "a.csv", .ticktick),
        ("[{\"title\": \"Inbox\", \"tasks\": []}]", nil, nil),
        ("[{\"id\": 1, \"title\": \"Inbox\", \"hex_color\": \"\", \"tasks\": null}]", "a.csv", .vikunja),
        ("{\"description\": \"A\", \"entry\": \"\", \"status\": \"\", \"uuid\": \"\"}", nil, .taskwarrior),
        ("{\"value\": [{\"importance\": \"\", \"status\": \"\", \"title\": \"\"}]}", nil, .microsoftToDo),
        ("[{\"displayName\": \"Tasks\", \"wellknownListName\": \"defaultList\"}]", nil, .microsoftToDo),
        ("# List\n\n- [ ] milk", nil, .markdown),
        ("- [ ] milk", "todo.txt", .markdown),
        ("milk", "list.md", .markdown),
        ("milk", "todo.txt", .todotxt),
        ("milk\n(A) bread", nil, .todotxt),
        ("x 2026-01-01 milk", nil, .todotxt),
        ("{\"a\": 1}", nil, nil),
        ("milk and bread, please", "notes.doc", nil),
        ("", "a.csv", nil),
        ("  \n", "a.ics", nil),
        ("title\nA\0B\n", "a.csv", .csv),
        ("title\nA\0B\n", nil, nil),
    ]

    @Test(arguments: files) func `a file is known by what stands in it, then by its name`(
        text: String, name: String?, format: TaskFileFormat?
    ) {
        #expect(TaskFiles.recognise(Array(text.utf8), name: name) == format)
    }

    @Test func `a name counts in any case, and only its end`() {
        #expect(TaskFiles.recognise(Array("a,b".utf8), name: "My.Tasks.CSV") == .csv)
        #expect(TaskFiles.recognise(Array("a,b".utf8), name: "csv") == nil)
    }

    @Test func `a code point at the end of what is looked at may be cut`() {
        let text = "title,notes\n" + String(repeating: "ä,😀😀\n", count: 20_000)
        for shift in 0..<8 {
            let bytes = Array("\(String(repeating: "x", count: shift)),title\(text)".utf8)
            #expect(TaskFiles.recognise(Array("title,".utf8) + bytes, name: nil) == .csv)
        }
    }

    @Test func `what others read and write is refused`() {
        #expect(failure("{}", .json)?.detail == "Files of this kind are not read here.")
        for format in [TaskFileFormat.json, .todoist, .ticktick, .taskwarrior, .vikunja, .microsoftToDo] {
            let writer = TaskFiles.writer(format, WriterOptions(now: .earliest))
            #expect(writer == nil, "\(format)")
        }
    }
}
