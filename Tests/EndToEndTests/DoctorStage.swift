import ErrandCore
import Foundation
import SQLStore
import SQLiteDriver
import Synchronization
import Testing

/// An installation to be looked at.
struct DoctorStage {
    /// What `errand doctor --json` says.
    struct Report: CustomStringConvertible {
        let status: Int32
        let text: String
        private let json: JSONValue

        init(_ outcome: CommandLineClient.Outcome) throws {
            (status, text) = (outcome.status, outcome.output + outcome.errors)
            json = try JSONValue.parse(outcome.output)
            #expect(json["ok"]?.bool == (status == 0))
        }

        subscript(name: String) -> (outcome: String, found: String, advice: String)? {
            let check = (json["checks"]?.array ?? []).first { $0["name"]?.string == name }
            return check.map {
                ($0["outcome"]?.string ?? "", $0["found"]?.string ?? "", $0["advice"]?.string ?? "")
            }
        }

        var description: String { text }
    }

    let folder: URL

    var data: URL { folder.appending(path: "data") }
    var errand: CommandLineClient { CommandLineClient(home: folder, server: "http://localhost:1") }

    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    func examine(_ more: [String] = [], environment: [String: String] = [:]) throws -> Report {
        try Report(errand.run(["doctor", "--json", "--data", path("data")] + more, environment: environment))
    }

    /// While the test itself serves.
    func examineInBackground(_ environment: [String: String]) async throws -> Report {
        try Report(await errand.inBackground(["doctor", "--json"], environment: environment))
    }

    /// A database with an account.
    func makeDatabase() async throws {
        let ports = try ServerProcess.freePorts()
        let server = try await ServerProcess(data: data, port: ports.public, internalPort: ports.internal)
        _ = await APIClient(port: ports.public).signedUp("ana")
        try await server.stop()
    }

    /// Changes the database behind the program's back.
    func rewrite(_ statement: String) async throws {
        let database = try SQLiteDatabase.open(.file(path: path("data/errand.sqlite"))) { _ in }
        try await database.write { (connection) throws(ErrandError) in
            do throws(SQLError) {
                try connection.execute(statement, [])
            } catch {
                Issue.record("\(error)")
                throw .unavailable
            }
        }
        await database.close()
    }

    /// As in the field `Date` (RFC 9110 §5.6.7).
    static func httpDate(_ date: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.string(from: date)
    }
}

/// Speaks SMTP without any extension, on a thread, to one client after the other.
final class PlainMailServer: Sendable {
    let port: Int
    private let listener: Int32
    private let lines = Mutex<[String]>([])

    /// What clients have said.
    var heard: String { lines.withLock { $0.joined(separator: " ") } }

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int in
                guard bind(listener, address, size) == 0, listen(listener, 8) == 0,
                    getsockname(listener, address, &size) == 0
                else { return 0 }
                return Int(UInt16(bigEndian: UnsafeRawPointer(address).load(as: sockaddr_in.self).sin_port))
            }
        }
        let thread = Thread { [self] in serve() }
        thread.start()
    }

    private func serve() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            say("220 mail.example.org", to: connection)
            var bytes = [UInt8](repeating: 0, count: 1_024)
            while case let count = recv(connection, &bytes, bytes.count, 0), count > 0 {
                let line = String(decoding: bytes[..<count], as: UTF8.self)
                lines.withLock { $0.append(line) }
                say(line.hasPrefix("QUIT") ? "221 bye" : line.hasPrefix("EHLO") ? "250 mail" : "502 no", to: connection)
            }
            close(connection)
        }
    }

    private func say(_ line: String, to connection: Int32) {
        let bytes = Array("\(line)\r\n".utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
