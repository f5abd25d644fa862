import CivilTime
import Crypto
import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// One request as a handler sees it: authenticated, within its limits, body read.
struct APICall: Sendable {
    let request: Request
    let context: ErrandRequestContext
    let services: APIServices
    /// The client's network address.
    let address: String
    var body: JSONBody.Content?
    var authenticated: Principal?
    /// What it asks, where its answer is one to be kept.
    var question: RecentAnswers.Question?

    /// Who asks. Routes that anybody may call have none.
    var principal: Principal {
        get throws(ErrandError) {
            guard let authenticated else { throw .unauthenticated }
            return authenticated
        }
    }

    /// Where the request came from, as events of accounts and sessions say it.
    var origin: RequestOrigin {
        let credential = Credential(request, isSecure: services.isSecure)
        return RequestOrigin(via: Door(request, credential), correlation: context.correlation)
    }

    /// The body; `null` where the route does without one.
    var json: JSONValue { body?.value ?? .null }

    /// Whether the client wants to be told what happens on the way.
    var takesEvents: Bool { request.headers[values: .accept].contains { $0.contains("text/event-stream") } }

    /// A parameter of the path, decoded.
    func parameter(_ name: String) throws(Problem) -> String {
        guard let value = context.parameters.get(name)?.percentDecoded() else {
            throw .malformedRequest("The path is not valid percent-encoded UTF-8.")
        }
        return value
    }

    /// Reads the request as the input of an operation.
    ///
    /// What an address and a header cannot say is told after what the body breaks.
    func read<Outcome>(_ entry: CatalogueEntry<Outcome>) throws -> PreparedOperation<Outcome> {
        let parameters = try QueryString.parameters(request.uri.query)
        let subject = entry.subject.pathParameter.map { name in Result { try parameter(name) } }
        let versions = Result { () throws(Problem) -> [Int64]? in
            guard case .taskAtVersion = entry.subject else { return nil }
            return try EntityTag.versions(request.headers[.ifMatch])
        }
        let input = OperationInput(
            subject: (try? subject?.get()) ?? "", versions: (try? versions.get()) ?? nil,
            parameters: .parameters(parameters), body: json
        )
        let prepared: PreparedOperation<Outcome>
        do {
            prepared = try entry.read(input)
        } catch {
            if case .notFound = error { _ = try subject?.get() }
            throw error
        }
        _ = try versions.get()
        return prepared
    }

    /// What an operation of the catalogue answers to this request.
    func ask<Outcome>(_ entry: CatalogueEntry<Outcome>) async throws -> Outcome {
        let operation = try read(entry)
        return try await services.operations.perform(operation, as: try principal, for: context.correlation).outcome
    }

    /// Does an operation of the catalogue, a change once per `Idempotency-Key` when the request carries one.
    func answer<Outcome>(
        _ entry: CatalogueEntry<Outcome>, _ reply: @escaping @Sendable (Outcome) -> Reply
    ) async throws -> Response {
        let operation = try read(entry)
        switch operation {
        case .command(let command): return try await perform(command, reply)
        case .query(let query): return try await ask(query, reply)
        case .conversation:
            return reply(try await services.operations.perform(operation, as: try principal).outcome).response()
        }
    }

    func ask<Q: Query>(_ query: Q) async throws -> Q.Answer {
        try await services.operations.ask(query, as: try principal)
    }

    /// Performs a command, once per `Idempotency-Key` when the request carries one.
    private func perform<C: Command>(
        _ command: C, _ reply: @escaping @Sendable (C.Outcome) -> Reply
    ) async throws -> Response {
        let answer: @Sendable (Receipt<C.Outcome>) -> Reply = { receipt in
            var reply = reply(receipt.outcome)
            if let token = receipt.undoToken { reply.headers[.errandUndo] = token }
            return reply
        }
        guard let key = try onceKey() else {
            return answer(
                try await services.operations.perform(command, as: try principal, for: context.correlation)
            ).response()
        }
        let performed = try await services.operations.perform(
            command, as: try principal, for: context.correlation, once: key
        ) { receipt in
            answer(receipt).stored(fingerprint: key.fingerprint)
        }
        switch performed {
        case .first(let stored): return Reply.response(stored, isReplayed: false)
        case .replayed(let stored): return Reply.response(stored, isReplayed: true)
        }
    }

    /// The key that the request carries, if it does.
    func onceKey() throws -> OnceKey? {
        guard let header = request.headers[.idempotencyKey] else { return nil }
        let isQuoted = header.count >= 2 && header.hasPrefix("\"") && header.hasSuffix("\"")
        let key = isQuoted ? String(header.dropFirst().dropLast()) : header
        guard (1...Limits.idempotencyKeyLengthMax).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), key.first != " ", key.last != " "
        else {
            let length = Limits.idempotencyKeyLengthMax
            throw Problem.malformedRequest("Idempotency-Key must be 1 to \(length) printable ASCII characters.")
        }
        var hash = SHA256()
        hash.update(data: body?.bytes ?? [])
        hash.update(data: Array((request.headers[.ifMatch] ?? "").utf8))
        return OnceKey(
            userID: try principal.userID, target: "\(request.method.rawValue) \(request.uri.path)", key: key,
            fingerprint: Array(hash.finalize())
        )
    }
}

extension OperationSubject {
    /// Its name in the paths of the route table.
    fileprivate var pathParameter: String? {
        switch self {
        case .nothing: nil
        case .tag: "name"
        default: "id"
        }
    }
}
