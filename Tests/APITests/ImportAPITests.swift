import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct ImportAPITests {
    private static let file = Array(
        """
        {"format": "errand", "version": 1, "tasks": [
        {"id": "0190f3a0-0000-7000-8000-000000000001", "title": "Buy milk", "tags": ["home"]},
        {"id": "0190f3a0-0000-7000-8000-000000000002", "title": "Pay rent"}
        ]}
        """.utf8
    )

    @Test func `a file is looked at, taken in, and taken back`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let headers = ["content-type": "text/plain"]
            let look = try await api.send(
                .post, "/api/v1/import?dry_run=true&format=auto&file_name=a.json", token: token, headers: headers,
                bytes: ImportAPITests.file
            )
            #expect(look.status == 200 && look.json["dry_run"] == true && look.json["created"] == 2)
            #expect(look.json["preview"]?.array?.compactMap { $0["title"] } == ["Buy milk", "Pay rent"])
            #expect(try await api.send(.get, "/api/v1/tasks/1", token: token).status == 404)

            let done = try await api.send(
                .post, "/api/v1/import", token: token, headers: headers, bytes: ImportAPITests.file)
            #expect(done.json["format"] == "json" && done.json["created"] == 2 && done.json["preview"] == [])
            let tokens = done.json["undo"]?.array ?? []
            #expect(tokens.count == 1 && done.header("errand-undo") == tokens.last?.string)
            #expect(try await api.events(.taskCreated).count == 2, "an event each, as for any creation")
            let again = try await api.send(.post, "/api/v1/import", token: token, bytes: ImportAPITests.file)
            #expect(again.json["created"] == 0 && again.json["existing"] == 2 && again.json["undo"] == [])

            let undone = try await api.send(.post, "/api/v1/undo", token: token, json: ["token": tokens.last ?? .null])
            #expect(undone.json["undone"] == 2)
        }
    }

    @Test func `what is exported is imported elsewhere`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let task = try await api.task(token, ["title": "Water plants", "recurring": "weekly", "tags": ["green"]])
            let export = try await api.send(.get, "/api/v1/export?format=json", token: token)
            #expect(export.json["tasks"]?.array?.first?["series"]?["template"]?["title"] == "Water plants")
            let other = try await api.token(of: "ben")
            let report = try await api.send(.post, "/api/v1/import?format=json", token: other, bytes: export.bytes)
            #expect(report.json["created"] == 1 && report.json["notes"] == [])
            let taken = try await api.send(.get, "/api/v1/tasks/1", token: other)
            for name in ["id", "title", "tags", "due", "recurrence", "series_id", "occurrence", "created_at"] {
                #expect(taken.json[name] == task[name], "\(name)")
            }
        }
    }

    @Test func `an archive is unpacked, and one that is broken is refused`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let look = try await api.send(
                .post, "/api/v1/import?file_name=export.zip&dry_run=true", token: token, bytes: Self.archive)
            #expect(look.status == 200 && look.json["format"] == "vikunja" && look.json["created"] == 1)
            #expect(look.json["preview"]?.array?.first?["tags"] == ["Home"])
            let named = try await api.send(
                .post, "/api/v1/import?format=vikunja", token: token, bytes: Self.archive)
            #expect(named.json["created"] == 1)
            for (bytes, detail) in [
                (Array(Self.archive.dropLast(3)), "The archive breaks off: the list of its files is missing."),
                (Self.damaged, "data.json is damaged: its checksum is another."),
            ] {
                let answer = try await api.send(.post, "/api/v1/import", token: token, bytes: bytes)
                #expect(answer.status == 422)
                let told = answer.json["errors"]?.array?.first?["detail"]?.string
                #expect(told == detail)
            }
        }
    }

    /// An archive with a stored `data.json`.
    private static let archive = archive(of: #"[{"title":"Home","hex_color":"","tasks":[{"id":1,"title":"Milk"}]}]"#)
    private static var damaged: [UInt8] {
        var bytes = archive
        bytes[30 + 9 + 12] ^= 1
        return bytes
    }

    private static func archive(of text: String) -> [UInt8] {
        func number(_ value: UInt32, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
        }
        let (name, bytes) = (Array("data.json".utf8), Array(text.utf8))
        let count = UInt32(bytes.count)
        var head = number(20, 2) + number(0, 8)
        for value in [checksum(bytes), count, count] { head += number(value, 4) }
        head += number(UInt32(name.count), 2)
        var body = number(0x0403_4B50, 4) + head + number(0, 2)
        body += name + bytes
        var list = number(0x0201_4B50, 4) + number(20, 2) + head
        list += [UInt8](repeating: 0, count: 16) + name
        var end = number(0x0605_4B50, 4) + number(0, 4)
        end += number(1, 2) + number(1, 2)
        end += number(UInt32(list.count), 4) + number(UInt32(body.count), 4)
        return body + list + end + [0, 0]
    }

    /// CRC-32, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = sum & 1 == 1
                sum >>= 1
                if isOdd { sum ^= 0xEDB8_8320 }
            }
        }
        return ~sum
    }

    @Test func `what cannot be read answers where, and nothing is written`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let broken = try await api.send(
                .post, "/api/v1/import", token: token, bytes: Array(ImportAPITests.file.dropLast(4)))
            #expect(broken.status == 422 && broken.json["errors"]?.array?.first?["line"] == 3)
            #expect(broken.json["errors"]?.array?.first?["column"] != nil)
            let unknown = try await api.send(.post, "/api/v1/import", token: token, bytes: [0, 1, 2, 3])
            #expect(unknown.status == 422 && unknown.json["errors"]?.array?.first?["parameter"] == "format")
            for query in ["format=xml", "dry_run=maybe", "nope=1", "file_name="] {
                let answer = try await api.send(
                    .post, "/api/v1/import?\(query)", token: token, bytes: ImportAPITests.file)
                #expect(answer.status == 422, "\(query)")
            }
            #expect(try await api.send(.get, "/api/v1/tasks", token: token).json["items"] == [])
            #expect(try await api.send(.post, "/api/v1/import", bytes: ImportAPITests.file).status == 401)
        }
    }

    @Test func `a file may be larger than other bodies, and has a limit too`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let room = [UInt8](repeating: 0x20, count: 2_000_000)
            let large = try await api.send(.post, "/api/v1/import", token: token, bytes: ImportAPITests.file + room)
            #expect(large.status == 200 && large.json["created"] == 2)
            let tooLarge = try await api.send(
                .post, "/api/v1/import", token: token,
                headers: ["content-length": "\(Limits.importBytesMax + 1)"], bytes: ImportAPITests.file
            )
            #expect(tooLarge.status == 413 && tooLarge.json["code"] == "body_too_large")
            #expect(tooLarge.json["detail"]?.string?.contains("209715200") == true)
        }
    }

    @Test func `whoever wants to know is told how far it has come`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            let headers = ["accept": "text/event-stream"]
            let answer = try await api.send(
                .post, "/api/v1/import", token: token, headers: headers, bytes: ImportAPITests.file)
            #expect(answer.status == 200 && answer.header("content-type") == "text/event-stream")
            let text = String(decoding: answer.bytes, as: UTF8.self)
            let data = try #require(text.split(separator: "event: done\ndata: ").last)
            #expect(try JSONValue.parse(String(data))["created"] == 2)

            let broken = try await api.send(
                .post, "/api/v1/import", token: token, headers: headers, bytes: Array(ImportAPITests.file.dropLast(4)))
            #expect(String(decoding: broken.bytes, as: UTF8.self).hasPrefix("event: error\ndata: {"))
            let next = try await api.send(.post, "/api/v1/import", token: token, bytes: ImportAPITests.file)
            #expect(next.status == 200, "the place is free again")
        }
    }

    @Test func `settings are taken over where that is asked for and allowed`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token(zone: "Europe/Berlin")
            _ = try await api.send(
                .patch, "/api/v1/me", token: token, json: ["day_ends_at": "22:00", "locale": "de-AT", "name": "Ana"])
            let filter: JSONValue = ["name": "Now", "expression": "today"]
            _ = try await api.send(.post, "/api/v1/filters", token: token, json: filter)
            let export = try await api.send(.get, "/api/v1/export", token: token)
            let other = try await api.token(of: "ben")
            let look = try await api.send(
                .post, "/api/v1/import?dry_run=true&settings=true", token: other, bytes: export.bytes)
            #expect(look.json["settings"] == true && look.json["filters"] == 1 && look.json["notes"] == [])
            #expect(try await api.send(.get, "/api/v1/me", token: other).json["day_ends_at"] != "22:00")
            let report = try await api.send(.post, "/api/v1/import?settings=true", token: other, bytes: export.bytes)
            #expect(report.json["settings"] == true && report.json["filters"] == 1)
            let user = try await api.send(.get, "/api/v1/me", token: other)
            #expect(user.json["day_ends_at"] == "22:00" && user.json["time_zone"] == "Europe/Berlin")
            #expect(user.json["email"] == "ben@example.org", "who they are stays")
            let again = try await api.send(.post, "/api/v1/import", token: other, bytes: export.bytes)
            #expect(again.json["filters"] == 0 && again.json["settings"] == false)
            let filters = try await api.send(.get, "/api/v1/filters", token: other).json["items"]?.array
            #expect(filters?.map { $0["expression"] } == ["today"])
        }
    }

    @Test func `the log goes along as proof, and is not taken in`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            for title in ["A [", "B \"}\\"] { _ = try await api.task(token, ["title": .string(title)]) }
            try await api.relay()
            let export = try await api.send(.get, "/api/v1/export?history=true", token: token)
            let lines = try await api.send(.get, "/api/v1/audit/export", token: token)
            let log = String(decoding: lines.bytes, as: UTF8.self).split(separator: "\n").map { String($0) }
            #expect(try export.json["history"]?.array == log.map { try JSONValue.parse($0) } && log.count > 2)
            let other = try await api.token(of: "ben")
            let report = try await api.send(.post, "/api/v1/import", token: other, bytes: export.bytes)
            #expect(report.json["created"] == 2 && report.json["notes"] == [])
            let csv = try await api.send(.get, "/api/v1/export?history=true&format=csv", token: token)
            #expect(csv.status == 422)
        }
    }

    @Test func `an export has what is asked for`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            for title in ["Open", "Done", "Gone"] { _ = try await api.task(token, ["title": .string(title)]) }
            _ = try await api.send(.post, "/api/v1/tasks/2/complete", token: token)
            _ = try await api.send(.delete, "/api/v1/tasks/3", token: token)
            let open = try await api.send(.get, "/api/v1/export?include=open", token: token)
            #expect(open.json["tasks"]?.array?.compactMap { $0["title"] } == ["Open"])
            func file(_ format: String) async throws -> String {
                let answer = try await api.send(.get, "/api/v1/export?format=\(format)", token: token)
                return String(decoding: answer.bytes, as: UTF8.self)
            }
            let table = try await file("csv")
            #expect(table.split(separator: "\r\n").last?.hasSuffix(",true") == true, "the trash has a column")
            let list = try await file("markdown")
            #expect(list.contains("[ ] Open") && list.contains("[x] Done") && !list.contains("Gone"))
            #expect(open.header("content-disposition") == "attachment; filename=\"errand-export.json\"")
            for query in ["format=todoist", "include=some", "as=event&format=csv", "as=journal"] {
                #expect(try await api.send(.get, "/api/v1/export?\(query)", token: token).status == 422, "\(query)")
            }
        }
    }

    @Test func `a reminder of a day comes in a calendar when it comes here`() async throws {
        try await TestAPI.with { api in
            let token = try await api.token()
            _ = try await api.send(.patch, "/api/v1/me", token: token, json: ["all_day_reminder_time": "07:30"])
            let reminder: JSONValue = ["kind": "relative", "before": "PT0S"]
            _ = try await api.task(token, ["title": "A", "due_date": "2026-05-01", "reminders": [reminder]])
            let answer = try await api.send(.get, "/api/v1/export?format=ical&as=event", token: token)
            let calendar = String(decoding: answer.bytes, as: UTF8.self)
            #expect(calendar.contains("TRIGGER:PT7H30M"), "\(calendar)")
        }
    }
}
