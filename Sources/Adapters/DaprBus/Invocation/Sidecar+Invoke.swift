public import HTTPTypes

/// What another app answered.
public struct InvocationReply: Sendable {
    /// Also one of failure, as the other app sent it.
    public let status: HTTPResponse.Status
    /// Without those that belong to the connection or to the sidecar. Several of one name stay several.
    public let headers: HTTPFields
    public let body: [UInt8]
}

/// Service invocation (<https://docs.dapr.io/reference/api/service_invocation_api/>).
extension Sidecar {
    /// Attempts beside the first.
    static let invocationRetriesMax = 2
    private static let invocationPause = Duration.milliseconds(100)
    /// Fields by which sidecars speak to each other and to apps: `dapr-app-id` would send a call to another app,
    /// `dapr-caller-app-id` pretend to be another caller.
    static let reservedFields = "dapr-"

    /// Calls another app.
    ///
    /// It is tried again, after a short pause and twice at most, when nothing listens on the sidecar's port; and, if
    /// the method is idempotent (RFC 9110 §9.2.2), when the connection breaks off or the answer is 502, 503 or 504. A
    /// 503 with `Retry-After` is the word of an app that is there: it is neither tried again nor a failure of the app.
    /// Apps that fail five times in a row are left alone for a while, see ``CircuitBreaker``.
    ///
    /// - Parameters:
    ///   - app: the id of the app, with its namespace after a dot where that is another.
    ///   - path: from `/` on, with its query, percent-encoded as it is to arrive.
    ///   - headers: those whose names begin with `dapr-` are left out.
    /// - Throws: ``SidecarError/circuitOpen``; ``SidecarError/refused(_:)`` when the sidecar could not reach the app;
    ///   ``SidecarError/timedOut`` and others when the sidecar itself failed.
    public func invoke(
        _ app: String, _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8]? = nil,
        timeout: Duration = timeout
    ) async throws(SidecarError) -> InvocationReply {
        let request = SidecarRequest(
            method: method.rawValue, path: try Sidecar.path(of: app, path),
            headers: headers.filter { !$0.name.canonicalName.hasPrefix(Sidecar.reservedFields) }
                .map { ($0.name.rawName, $0.value) },
            body: body, timeout: timeout
        )
        let isIdempotent = [.get, .head, .options, .put, .delete, .trace].contains(method)
        for attempt in 0... {
            guard circuits.admits(app) else { throw .circuitOpen }
            let outcome = await attemptOnce(request)
            switch outcome.saysOfApp {
            case .nothing: circuits.forget(app)
            case .answers: circuits.record(success: true, of: app)
            case .fails: circuits.record(success: false, of: app)
            }
            let isRepeatable = outcome.neverHappened || isIdempotent && outcome.isPassing
            guard isRepeatable, attempt < Sidecar.invocationRetriesMax else { return try outcome.reply() }
            do {
                try await Task.sleep(for: Sidecar.invocationPause * (attempt + 1) * .random(in: 0.5...1.5))
            } catch {
                return try outcome.reply()
            }
        }
        throw .cancelled
    }

    /// Whether calls to that app are made, and let through, at the moment.
    public func circuit(of app: String) -> CircuitBreaker.State { circuits.state(of: app) }

    private func attemptOnce(_ request: SidecarRequest) async -> InvocationOutcome {
        do throws(SidecarError) {
            return InvocationOutcome(result: .success(try await http.send(request)))
        } catch {
            return InvocationOutcome(result: .failure(error))
        }
    }

    /// A path that climbs out of the app's own would reach every other API of the sidecar, in our name: the client
    /// resolves dot segments, and the sidecar refuses encoded slashes and dots.
    private static func path(of app: String, _ path: String) throws(SidecarError) -> String {
        let isName = app.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E: true
            default: false
            }
        }
        guard isName, app.contains(where: { $0 != "." }) else { throw .invalidCall("That is no id of an app.") }
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { throw .invalidCall("The path is not that of a request.") }
        let plain = (path.split(separator: "?", maxSplits: 1).first ?? "").lowercased()
        let climbs = plain.split(separator: "/").contains { $0 == "." || $0 == ".." }
        guard !climbs, !["%2f", "%5c", "%2e", "\\"].contains(where: plain.contains) else {
            throw .invalidCall("The path holds dot segments or encoded separators.")
        }
        return "/v1.0/invoke/\(app)/method\(path)"
    }
}

/// How one attempt went.
private struct InvocationOutcome {
    /// What a call says of the app it was for.
    enum Verdict {
        case answers, fails
        /// It was given up before that was known.
        case nothing
    }

    private static let passing: Set<Int> = [502, 503, 504]
    private static let ownFields: Set<String> = [
        "connection", "content-length", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding",
        "upgrade",
    ]

    let result: Result<SidecarReply, SidecarError>

    var neverHappened: Bool {
        if case .failure(.notRunning) = result { true } else { false }
    }

    /// Whether it may go better in a moment.
    var isPassing: Bool {
        switch result {
        case .success(let reply): isPassing(reply)
        case .failure(let error): error == .disconnected
        }
    }

    /// An app that cannot be reached or cannot answer fails; a failure of its own making is an answer.
    var saysOfApp: Verdict {
        switch result {
        case .success(let reply): isPassing(reply) || isUnreachable(reply) ? .fails : .answers
        case .failure(.tooLarge): .answers
        case .failure(.invalidCall), .failure(.busy), .failure(.cancelled): .nothing
        case .failure: .fails
        }
    }

    func reply() throws(SidecarError) -> InvocationReply {
        let reply = try result.get()
        if isUnreachable(reply) { throw reply.refusal }
        var headers = HTTPFields()
        for field in reply.headers {
            let name = field.name.canonicalName
            guard !InvocationOutcome.ownFields.contains(name), !name.hasPrefix(Sidecar.reservedFields) else { continue }
            headers.append(field)
        }
        return InvocationReply(status: HTTPResponse.Status(code: reply.status), headers: headers, body: reply.body)
    }

    private func isPassing(_ reply: SidecarReply) -> Bool {
        guard InvocationOutcome.passing.contains(reply.status) else { return false }
        return reply.status != 503 || reply.headers[.retryAfter] == nil
    }

    private func isUnreachable(_ reply: SidecarReply) -> Bool {
        reply.status == 500
            && SidecarRefusal(status: 500, body: reply.body).isAny(of: ["ERR_DIRECT_INVOKE"])
    }
}
