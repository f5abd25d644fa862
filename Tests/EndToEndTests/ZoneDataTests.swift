import ErrandCore
import Foundation
import Testing

/// A country gives up its summer time, and the system hears of it before the program does.
@Suite struct ZoneDataTests {
    @Test func `with newer files of the system, dates that were entered before mean other moments`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let zones = folder.appending(path: "zones")
        try FileManager.default.createDirectory(at: zones.appending(path: "Europe"), withIntermediateDirectories: true)
        try Data(Self.alwaysWinter).write(to: zones.appending(path: "Europe/Berlin"))
        try Data("# version 2099a\n".utf8).write(to: zones.appending(path: "tzdata.zi"))
        let ports = try ServerProcess.freePorts()
        let place = Deployment.Place.folder(folder.appending(path: "data"))
        let newer = ["TZDIR": zones.path(percentEncoded: false)]
        func start(_ settings: [String: String]) async throws -> ServerProcess {
            try await ServerProcess(
                Deployment(place: place, settings: settings), port: ports.public, internalPort: ports.internal)
        }
        var server = try await start([:])
        let client = await APIClient(port: ports.public).signedUp("ana")
        let due: JSONValue = ["kind": "zoned", "date": "2027-07-01", "time": "12:00", "time_zone": "Europe/Berlin"]
        let task: JSONValue = ["title": "Dentist", "due": due, "reminders": [["before": "PT1H"]]]
        #expect(await client.send("POST", "/api/v1/tasks", task)?.json["due_date"]?.string == "2027-07-01T10:00:00Z")
        try await server.stop()
        server = try await start(newer)
        var found: JSONValue?
        for _ in 0..<100 {
            found = await client.send("GET", "/api/v1/tasks/1")?.json
            if found?["due_date"]?.string == "2027-07-01T11:00:00Z" { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(found?["due_date"]?.string == "2027-07-01T11:00:00Z")
        #expect(found?["due"] == due && found?["version"]?.integer == 1, "what was entered stays")
        #expect(await client.send("POST", "/api/v1/tasks", task)?.json["due_date"]?.string == "2027-07-01T11:00:00Z")
        try await server.stop()
        let errand = CommandLineClient(home: folder, server: "http://localhost:1")
        #expect(try errand.run(["--version"], environment: newer).output.contains("zone data 2099a (the program's: 20"))
        let doctor = try errand.run(
            ["doctor", "--data", folder.appending(path: "data").path(percentEncoded: false)], environment: newer)
        #expect(doctor.output.contains("The system's 2099a are in use"), "\(doctor.output)")
    }

    @Test func `an installation on PostgreSQL notes the edition that its instants follow`() async throws {
        let deployment = try await SharedPostgres.deployment()
        let ports = try ServerProcess.freePorts()
        let server = try await ServerProcess(deployment, port: ports.public, internalPort: ports.internal)
        _ = await APIClient(port: ports.public).signedUp("ana")
        try await server.stop()
        // As if the database had been written by an older edition, half gone through.
        try await deployment.withStore { store in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.zoneData.set(ZoneDataNote(edition: "1999a", user: nil, number: 7))
            }
        }
        let next = try await ServerProcess(deployment, port: ports.public, internalPort: ports.internal)
        var note: ZoneDataNote?
        for _ in 0..<100 where note?.isDone != true {
            try await Task.sleep(for: .milliseconds(50))
            note = try await deployment.withStore { store in
                try await store.read { (transaction) throws(ErrandError) in try transaction.zoneData.note() }
            }
        }
        #expect(note?.isDone == true && note?.edition != "1999a" && note?.user == nil)
        try await next.stop()
    }

    /// `<+01>-1` for ever, as a compiled file (RFC 9636): an empty part for old readers, one type, no change.
    private static let alwaysWinter: [UInt8] = {
        let head = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        let counts: [UInt8] = [0, 0, 0, 1, 4]
        return head + [UInt8](repeating: 0, count: 24) + head + [0, 0, 0, 0] + counts.flatMap { [0, 0, 0, $0] }
            + [0, 0, 14, 16, 0, 0] + Array("CET\0\nCET-1\n".utf8)
    }()
}
