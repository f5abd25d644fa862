public import ErrandCore
public import Foundation

extension APIClient {
    /// Sends a call whose answer is a stream of server-sent events of which the last is the whole of it: `done`, or
    /// `error` with a problem.
    ///
    /// - Parameter hear: is told of the others as they come.
    /// - Returns: the whole answer.
    func follow(
        _ call: Call, hear: (_ name: String, _ data: JSONValue) -> Void
    ) async throws(ClientError) -> JSONValue {
        let (status, pieces) = try await exchange(call)
        var parser = EventStreamParser()
        var refusal = Data()
        do {
            for try await piece in pieces {
                guard status == 200 else {
                    refusal += piece
                    continue
                }
                guard let messages = parser.read(piece) else { throw ClientError.unexpected(APIClient.nonsense) }
                for message in messages {
                    guard let json = try? JSONValue.parse(message.data) else { continue }
                    switch message.name {
                    case "done": return json
                    case "error": throw ClientError.problem(Problem(json, status: Int(json["status"]?.integer ?? 500)))
                    default: hear(message.name, json)
                    }
                }
            }
        } catch let error as ClientError {
            throw error
        } catch {
            throw Task.isCancelled ? .cancelled : .unreachable(server, "the connection broke off")
        }
        if Task.isCancelled { throw .cancelled }
        guard status == 200 else {
            throw .problem(Problem((try? JSONValue.parse(refusal)) ?? .null, status: status))
        }
        throw .unreachable(server, "the answer broke off")
    }

    private static let nonsense = "The server's stream makes no sense."

    /// Has the server take tasks in from a file.
    ///
    /// - Parameter hear: is told how far it has come.
    /// - Returns: the server's report.
    public func importFile(
        _ file: Data, query: [(name: String, value: String)], hear: (ProgressText) -> Void
    ) async throws(ClientError) -> JSONValue {
        try await follow(.upload(["import"], query: query, file)) { name, json in
            guard name == "progress", let done = json["done"]?.integer else { return }
            hear(ProgressText(done: Int(done), total: json["total"]?.integer.map { Int($0) }))
        }
    }
}
