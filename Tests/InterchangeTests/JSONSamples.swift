import Interchange

/// Good files of JSON, and a way to spoil them that leaves them JSON.
enum JSONSamples {
    static let good: [TaskFileFormat: [String]] = [
        .taskwarrior: [taskwarrior, taskwarrior.split(separator: "\n").dropFirst().dropLast().joined(separator: "\n")],
        .vikunja: [vikunja],
        .microsoftToDo: [microsoft, "[\(microsoft)]"],
    ]

    private static let taskwarrior = #"""
        [
        {"id":1,"description":"Paint","entry":"20260101T080000Z","status":"pending","uuid":"a","tags":["x"],
        "due":"20260329T070000Z","depends":["b","c"],"annotations":[{"entry":"20260101T080000Z","description":"n"}],
        "priority":"H"},
        {"id":2,"description":"Rent","entry":"20260101T080000Z","status":"recurring","uuid":"b","recur":"monthly",
        "due":"20260131T000000Z","mask":"+-","until":"20270101T000000Z"},
        {"id":3,"description":"Rent","entry":"20260101T080000Z","status":"pending","uuid":"c","recur":"monthly",
        "due":"20260228T000000Z","parent":"b","imask":1},
        {"id":4,"description":"Old","entry":"20260101T080000Z","status":"recurring","uuid":"d","recur":"P1Y",
        "due":"20200229T000000Z","mask":"+++++"},
        {"id":0,"description":"Gone","entry":"20260101T080000Z","status":"deleted","uuid":"e",
        "end":"20260102T080000Z","size":3}
        ]
        """#

    private static let vikunja = #"""
        [{"id":1,"title":"Home","hex_color":"","tasks":[
        {"id":1,"title":"A",
        "description":"<p>x &amp; <a href=\"y\">z</a></p><ul><li data-checked=\"true\">q</li></ul>","done":false,
        "due_date":"2026-01-05T12:00:00Z","repeat_after":86400,"repeat_mode":2,"priority":3,
        "reminders":[{"reminder":"2026-01-05T10:00:00Z","relative_period":-3600,"relative_to":"due_date"}],
        "labels":[{"title":"l"}],"related_tasks":{"parenttask":[{"title":"P"}]},"created":"2026-01-01T00:00:00Z"},
        {"id":2,"title":"B","done":true,"done_at":"2026-01-05T12:00:00Z","due_date":"0001-01-01T00:00:00Z",
        "percent_done":0.5,"comments":[{"comment":"c","author":{"name":"n"}}],"attachments":[{"file":{"name":"f"}}]}
        ],"child_projects":[{"title":"In","tasks":[{"title":"C","end_date":"2026-01-05T12:00:00+05:30"}]}]}]
        """#

    private static let microsoft = #"""
        {"value":[{"displayName":"Home","tasks":[
        {"id":"1","title":"A","status":"notStarted","importance":"high","body":{"content":"<p>a</p>",
        "contentType":"html"},"dueDateTime":{"dateTime":"2026-01-05T00:00:00.0000000",
        "timeZone":"Tokyo Standard Time"},"reminderDateTime":{"dateTime":"2026-01-05T08:00:00","timeZone":"UTC"},
        "isReminderOn":true,"recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"],
        "firstDayOfWeek":"sunday"},"range":{"type":"endDate","endDate":"2026-12-31"}},
        "checklistItems":[{"displayName":"c","isChecked":true}],"categories":["x"]},
        {"id":"2","title":"B","status":"completed","importance":"low",
        "completedDateTime":{"dateTime":"2026-01-05T00:00:00","timeZone":"UTC"}}
        ]},{"title":"C","status":"deferred","importance":"normal"}]}
        """#

    private static let values = [
        "null", "true", "false", "0", "-1", "1e400", "1e-9", "99999999999999999999", "9223372036854775807", "0.5",
        "\"\"",
        "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"00010101T000000Z\"", "\"99991231T235959Z\"",
        "\"0000-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59-23:59\"", "\"0001-01-01T00:00:00+14:00\"", "[]", "{}", "[[[[]]]]", "[null,1,\"x\"]",
        "{\"title\":\"t\",\"tasks\":[{\"title\":\"u\"}]}", "[{\"title\":\"t\",\"displayName\":7,\"value\":[{}]}]",
        "\"recurring\"",
        "\"PT9999H\"", "\"P9999Y\"", "\"9999weeks\"", "\"weekdays\"", "-9223372036854775808", "31536000",
        "\"<p><b>x</b\"",
        "{\"dateTime\":\"0001-01-01\",\"timeZone\":\"Pacific/Apia\"}",
        "{\"type\":\"numbered\",\"numberOfOccurrences\":0}",
    ]

    /// Puts another value in the place of one.
    static func replaceValue(in bytes: inout [UInt8], using generator: inout some RandomNumberGenerator) {
        let colons = bytes.indices.filter {
            bytes[$0] == UInt8(ascii: ":") && $0 > 0 && bytes[$0 - 1] == UInt8(ascii: "\"")
        }
        guard let colon = colons.randomElement(using: &generator) else { return }
        let start = colon + 1
        let value = Array((values.randomElement(using: &generator) ?? "null").utf8)
        bytes.replaceSubrange(start..<end(of: bytes, from: start), with: value)
    }

    /// Where a value ends.
    private static func end(of bytes: [UInt8], from start: Int) -> Int {
        var (place, depth, isString) = (start, 0, false)
        while place < bytes.count {
            switch (Character(Unicode.Scalar(bytes[place])), isString) {
            case ("\\", true): place += 1
            case ("\"", _): isString.toggle()
            case ("[", false), ("{", false): depth += 1
            case ("]", false), ("}", false):
                if depth == 0 { return place }
                depth -= 1
            case (",", false) where depth == 0: return place
            default: break
            }
            place += 1
        }
        return bytes.count
    }
}
