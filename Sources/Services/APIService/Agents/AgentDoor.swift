import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ModelContextProtocol
import NIOCore

/// The Model Context Protocol over HTTP: `POST /mcp`, both eras, without sessions.
struct AgentDoor: Sendable {
    static let path: RouterPath = "/mcp"

    let host: AgentHost
    let gate: Gate
    let store: any Store
    let reach: AgentReach
    /// Where a client learns who can let it in (RFC 9728).
    let metadata: String
    let listeners = AgentListeners()

    private var server: ProtocolServer { host.server(pushes: false) }

    func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        router.post(AgentDoor.path) { request, context in await respond(request, context) }
        router.on(AgentDoor.path, method: .options) { request, _ in
            try reach.check(request)
            guard let origin = request.headers[.origin] else { throw Problem.methodNotAllowed(allowed: ["POST"]) }
            return AgentCORS.preflight(origin)
        }
        router.refuseMethods(at: AgentDoor.path, but: [.post], besides: [.options])
    }

    /// Whatever becomes of it, a page that may call may also read the answer.
    private func respond(_ request: Request, _ context: ErrandRequestContext) async -> Response {
        var response: Response
        do {
            response = try await take(request, context)
        } catch let problem as Problem {
            response = Response(problem, requestID: context.requestID)
        } catch let error as ErrandError {
            response = Response(Problem(error), requestID: context.requestID)
        } catch {
            context.logger.error("A message could not be answered", metadata: ["error": "\(error)"])
            response = AgentDoor.refuse(.internalError, nil, .modern)
        }
        if let origin = request.headers[.origin], (try? reach.check(request)) != nil {
            AgentCORS.allow(origin, on: &response)
        }
        return response
    }

    private func take(_ request: Request, _ context: ErrandRequestContext) async throws -> Response {
        try reach.check(request)
        let admission = try await admit(request, context)
        guard let principal = admission.principal, let credential = admission.credential else {
            throw challenge(.unauthenticated, isKnown: false)
        }
        try AgentDoor.checkAccept(request)
        var response = try await answer(
            request, AgentHost.Caller(principal, for: context.correlation), credential: credential.text
        )
        admission.addLimits(to: &response)
        return response
    }

    private func admit(_ request: Request, _ context: ErrandRequestContext) async throws -> Admission {
        do {
            return try await gate.admit(request, context, by: .agent)
        } catch ErrandError.unauthenticated {
            throw challenge(.unauthenticated, isKnown: request.headers[.authorization] != nil)
        }
    }

    /// Says how to get a credential that will do (RFC 6750 §3, RFC 9728 §5.1).
    ///
    /// - Parameter isKnown: whether there was a credential.
    private func challenge(_ error: ErrandError, isKnown: Bool) -> Problem {
        let problem = Problem(error)
        var parts = ["resource_metadata=\"\(metadata)\""]
        switch error {
        case .insufficientScope(let scope):
            let all = OAuthDoor.scopesDefault.union([scope]).map(\.rawValue).sorted().joined(separator: " ")
            parts += ["error=\"insufficient_scope\"", "scope=\"\(all)\""]
        default:
            if isKnown { parts.append("error=\"invalid_token\"") }
            let all = OAuthDoor.scopesDefault.map(\.rawValue).sorted().joined(separator: " ")
            parts.append("scope=\"\(all)\"")
        }
        return Problem(
            problem.status, code: problem.code, title: problem.title, detail: problem.detail,
            headers: [.wwwAuthenticate: "Bearer " + parts.joined(separator: ", ")]
        )
    }

    private func answer(
        _ request: Request, _ caller: AgentHost.Caller, credential: String
    ) async throws -> Response {
        let body: JSONBody.Content?
        do {
            body = try await JSONBody.read(request, types: ["application/json"])
        } catch let problem as Problem where problem.code == "malformed_json" {
            return AgentDoor.refuse(.parseError, nil, .modern)
        }
        guard let json = body?.value else { return AgentDoor.refuse(.parseError, nil, .modern) }
        let message: IncomingMessage
        do throws(ProtocolError) {
            message = try IncomingMessage(json)
        } catch {
            return AgentDoor.refuse(error, IncomingMessage.id(of: json), .modern)
        }
        let envelope: Envelope
        do throws(ProtocolError) {
            envelope = try Envelope(request)
        } catch {
            return AgentDoor.refuse(error, IncomingMessage.id(of: json), .modern)
        }
        switch server.receive(message, in: envelope) {
        case .answer(let answer): return Response(json: answer)
        case .refusal(let error, let id, let era): return AgentDoor.refuse(error, id, era)
        case .noted: return Response(status: .accepted)
        case .request(let asked):
            if let scope = host.scope(for: asked), !caller.principal.scopes.contains(scope) {
                throw challenge(.insufficientScope(scope), isKnown: true)
            }
            if let subscription = Subscription(asked) {
                return try await listen(subscription, caller, credential: credential)
            }
            if asked.progressToken != nil, AgentDoor.takesStream(request) { return stream(asked, caller) }
            return AgentDoor.respond(await host.answer(asked, to: caller), asked.era)
        }
    }

    /// A client that takes neither form of an answer can only have come here by mistake.
    private static func checkAccept(_ request: Request) throws(Problem) {
        let accepted = request.headers[values: .accept].joined(separator: ",")
        let isFine = ["application/json", "application/*", "text/event-stream", "*/*"].contains {
            accepted.contains($0)
        }
        if !accepted.isEmpty, !isFine { throw .notAcceptable }
    }

    private static func takesStream(_ request: Request) -> Bool {
        request.headers[values: .accept].contains { $0.contains("text/event-stream") }
    }
}

extension AgentDoor {
    private static func refuse(_ error: ProtocolError, _ id: MessageID?, _ era: ProtocolEra) -> Response {
        Response(status(of: error.code, in: era), json: error.response(to: id))
    }

    /// An answer of the host, with the status that its error has if it is one.
    private static func respond(_ answer: JSONValue, _ era: ProtocolEra) -> Response {
        guard let code = answer["error"]?["code"]?.integer else { return Response(json: answer) }
        return Response(status(of: Int(code), in: era), json: answer)
    }

    /// The one table from codes of JSON-RPC to statuses of HTTP. The earlier era has errors of requests under 200.
    private static func status(of code: Int, in era: ProtocolEra) -> HTTPResponse.Status {
        switch (code, era) {
        case (-32700, _), (-32600, _), (-32020, _), (-32022, _): .badRequest
        case (_, .legacy): .ok
        case (-32601, .modern): .notFound
        case (-32603, .modern): .internalServerError
        default: .badRequest
        }
    }

    /// How far the work has come, then the answer. All that is done for a request is one transaction, so there is a
    /// beginning and an end.
    private func stream(_ asked: ClientRequest, _ caller: AgentHost.Caller) -> Response {
        AgentDoor.eventStream(
            ResponseBody { writer in
                if let begun = asked.progress(0, of: 1) { try await writer.write(AgentDoor.event(begun)) }
                let answer = await host.answer(asked, to: caller)
                if let done = asked.progress(1, of: 1) { try await writer.write(AgentDoor.event(done)) }
                try await writer.write(AgentDoor.event(answer))
                try await writer.finish(nil)
            }
        )
    }

    static func event(_ message: JSONValue) -> ByteBuffer {
        ByteBuffer(string: "event: message\ndata: \(message.text)\n\n")
    }

    static func eventStream(_ body: ResponseBody) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-cache", .agentBuffering: "no"], body: body
        )
    }
}

extension EntryRule {
    /// A program, with a token that is for this door.
    static let agent = EntryRule(proof: .required, origin: .own, count: .user, admitsAgents: true)
}

extension Envelope {
    /// - Throws: `headerMismatch` for a header that is there twice, or that cannot be read.
    fileprivate init(_ request: Request) throws(ProtocolError) {
        func one(_ name: String) throws(ProtocolError) -> String? {
            guard let name = HTTPField.Name(name) else { return nil }
            let values = request.headers[values: name]
            if values.count > 1 { throw .headerMismatch("\(name) is there more than once.") }
            return values.first.map { $0.trimmingPrefix { $0 == " " || $0 == "\t" } }.map { text in
                var text = text
                while text.last == " " || text.last == "\t" { text.removeLast() }
                return String(text)
            }
        }
        self.init(
            version: try one("MCP-Protocol-Version"), method: try one("Mcp-Method"),
            name: try one("Mcp-Name").map { (text) throws(ProtocolError) in try Envelope.decoded(text) }
        )
    }

    /// A value that is not plain text comes as `=?base64?…?=`.
    private static func decoded(_ text: String) throws(ProtocolError) -> String {
        guard text.hasPrefix("=?base64?"), text.hasSuffix("?="), text.utf8.count > 11 else { return text }
        let encoded = String(text.dropFirst(9).dropLast(2))
        guard let data = Data(base64Encoded: encoded), let decoded = String(data: data, encoding: .utf8) else {
            throw .headerMismatch("Mcp-Name is not what it says it is.")
        }
        return decoded
    }
}

extension HTTPField.Name {
    /// Asks proxies not to hold a stream back until a buffer is full.
    fileprivate static let agentBuffering: HTTPField.Name = {
        guard let name = HTTPField.Name("X-Accel-Buffering") else { preconditionFailure("It is a field name.") }
        return name
    }()
}
