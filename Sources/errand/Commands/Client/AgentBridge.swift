import ErrandClient
import ErrandCore
import Foundation
import ModelContextProtocol
import Synchronization

/// Carries messages of the Model Context Protocol between standard input and output and a server.
///
/// It reads of them only what HTTP says beside them. What a client cancels is cut off here, so that a stream ends.
final class AgentBridge: Sendable {
    private struct State {
        /// What was agreed on in the earlier era.
        var version: String?
        /// Requests on their way, by id, with what cuts them off.
        var running: [MessageID: AsyncStream<Never>.Continuation] = [:]
    }

    private let client: APIClient
    private let state = Mutex(State())

    init(client: APIClient) {
        self.client = client
    }

    /// Until standard input ends; what is on its way is answered, but for what would never end.
    func run() async {
        await withDiscardingTaskGroup { group in
            await StandardInput.forEachLine { line in
                guard let json = try? JSONValue.parse(line), let message = try? IncomingMessage(json) else {
                    Terminal.write(ProtocolError.parseError.response(to: nil).text)
                    return
                }
                switch message {
                case .response: return
                case .notification("notifications/cancelled", let params): cut(params["requestId"])
                // The earlier era's handshake is answered before anything else is sent.
                case .request(let id, "initialize", _): await carry(json, id)
                case .notification: group.addTask { await self.carry(json, nil) }
                case .request(let id, _, _): group.addTask { await self.carry(json, id) }
                }
            }
            state.withLock { state in state.running.values.forEach { $0.finish() } }
        }
    }

    private func cut(_ id: JSONValue?) {
        guard let id = MessageID(id) else { return }
        state.withLock { $0.running[id] }?.finish()
    }

    /// Sends a message, and writes what comes back.
    ///
    /// - Parameter id: nil where nothing is waited for.
    private func carry(_ message: JSONValue, _ id: MessageID?) async {
        let (cuts, cutter) = AsyncStream<Never>.makeStream()
        if let id { state.withLock { $0.running[id] = cutter } }
        await withTaskGroup { group in
            group.addTask { await self.exchange(message, id) }
            group.addTask { for await _ in cuts {} }
            await group.next()
            group.cancelAll()
        }
        if let id { state.withLock { $0.running[id] = nil } }
    }

    private func exchange(_ message: JSONValue, _ id: MessageID?) async {
        do {
            let (status, body) = try await client.exchange(.agentMessage(message, headers: headers(message)))
            var reply = AgentReply()
            for try await piece in body {
                for answer in try reply.read(piece) { write(answer, to: id) }
            }
            for answer in try reply.end() { write(answer, to: id) }
            if !reply.isAnswered, let id { fail(id, "The server answered with status \(status) and no message.") }
        } catch let error as ClientError {
            if let id, error != .cancelled { fail(id, error.sentence) }
        } catch {
            if let id, !Task.isCancelled { fail(id, "The connection to the server was lost.") }
        }
    }

    private func write(_ answer: JSONValue, to id: MessageID?) {
        if Task.isCancelled { return }
        if let version = answer["result"]?["protocolVersion"]?.string { state.withLock { $0.version = version } }
        if id != nil { Terminal.write(answer.text) }
    }

    private func fail(_ id: MessageID, _ reason: String) {
        Terminal.remark("errand: \(reason)")
        Terminal.write(ProtocolError(code: -32603, message: reason).response(to: id).text)
    }

    private func headers(_ message: JSONValue) -> [String: String] {
        let envelope = Envelope(describing: message)
        var headers: [String: String] = [:]
        headers["mcp-protocol-version"] = envelope.version ?? state.withLock(\.version)
        headers["mcp-method"] = envelope.method
        headers["mcp-name"] = envelope.name.map { name in
            let isPlain = name.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !name.hasPrefix("=?")
            return isPlain ? name : "=?base64?\(Data(name.utf8).base64EncodedString())?="
        }
        return headers
    }
}

/// The messages of an answer, which is one of them or a stream of events.
private struct AgentReply {
    /// More than any answer of Errand.
    private static let bytesMax = 64 * 1024 * 1024

    private var whole = Data()
    private var events: EventStreamParser?
    private(set) var isAnswered = false

    mutating func read(_ piece: Data) throws -> [JSONValue] {
        if whole.isEmpty, events == nil, piece.first != UInt8(ascii: "{") { events = EventStreamParser() }
        guard events != nil else {
            whole += piece
            if whole.count > AgentReply.bytesMax { throw ClientError.unexpected("The server said too much.") }
            return []
        }
        guard let messages = events?.read(piece) else {
            throw ClientError.unexpected("The server's stream makes no sense.")
        }
        return messages.compactMap { take(Data($0.data.utf8)) }
    }

    mutating func end() throws -> [JSONValue] {
        guard !whole.isEmpty else { return [] }
        return take(whole).map { [$0] } ?? []
    }

    /// A message of the protocol; what is none, such as a problem of HTTP, is passed over.
    private mutating func take(_ data: Data) -> JSONValue? {
        guard let json = try? JSONValue.parse(data), json["jsonrpc"] == "2.0" else { return nil }
        isAnswered = true
        return json
    }
}
