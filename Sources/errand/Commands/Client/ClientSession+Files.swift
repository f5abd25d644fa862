import CivilTime
import ErrandClient
import ErrandCore
import Foundation

extension ClientSession {
    /// How long a server may be silent while it takes a large file in.
    private static let importSilence = Duration.minutes(15)

    /// A file from the server, piece by piece as it comes.
    func fetch(
        _ path: [String], query: [(name: String, value: String)], _ take: (Data) throws(ClientError) -> Void
    ) async throws(ClientError) {
        try await client.fetch(.read(path, query: query), take)
    }

    /// Gives a file to the server, shows how far it has come, and remembers what takes the import back.
    ///
    /// - Returns: the server's report.
    func importFile(
        _ bytes: Data, query: [(name: String, value: String)]
    ) async throws(ClientError) -> JSONValue {
        let patient = client.over(HTTPTransport(silenceMax: ClientSession.importSilence))
        var display = ProgressDisplay()
        defer { display.end() }
        let report = try await patient.importFile(bytes, query: query) { display.show($0) }
        for token in report["undo"]?.array ?? [] {
            if let token = token.string { await remember(token) }
        }
        return report
    }
}
