public import ErrandCore
import Foundation

/// What comes of an answer of the chat before it is whole.
public enum ChatNews: Equatable, Sendable {
    /// A piece of the text.
    case text(String)
    /// Something was done or found.
    case call(JSONValue)
}

extension APIClient {
    /// Says something in the chat, and hands on the answer as it comes. Cancelling the task ends the work of the
    /// server.
    ///
    /// - Parameters:
    ///   - body: `{message, conversation_id?}`.
    ///   - key: unique to this message, as in ``Call/write(_:_:body:key:)``.
    /// - Returns: the whole answer.
    public func say(
        _ body: JSONValue, key: String, hear: (ChatNews) -> Void
    ) async throws(ClientError) -> JSONValue {
        let (status, pieces) = try await exchange(.streamedWrite(.post, ["chat"], body: body, key: key))
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
                    case "delta": hear(.text(json["text"]?.string ?? ""))
                    case "tool": hear(.call(json))
                    case "done": return json
                    case "error": throw ClientError.problem(Problem(json, status: Int(json["status"]?.integer ?? 500)))
                    default: break
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
}
