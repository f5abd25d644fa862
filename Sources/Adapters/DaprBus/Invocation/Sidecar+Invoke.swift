public import HTTPTypes

/// What another app answered.
public struct InvocationReply: Sendable {
    /// Also one of failure, as the other app sent it.
    public let status: HTTPResponse.Status
    /// Without those that belong to the connection. Fields of one name are joined by commas, so several `Set-Cookie`
    /// do not get through.
    public let headers: HTTPFields
    public let body: [UInt8]
}

/// Service invocation (<https://docs.dapr.io/reference/api/service_invocation_api/>).
extension Sidecar {
    /// Attempts beside the first.
    static let invocationRetriesMax = 2
    private static let invocationPause = Duration.milliseconds(100)

    /// Calls another app.
    ///
    /// It is tried again, after a short pause and twice at most, when nothing listens on the sidecar's port; and, if
    /// the method is idempotent (RFC 9110 §9.2.2), when the connection breaks off or the answer is 502, 503 or 504.
    /// Apps that fail five times in a row are left alone for a while, see ``CircuitBreaker``.
    ///
    /// - Parameters:
    ///   - app: the id of the app, with its namespace after a dot where that is another.
    ///   - path: from `/` on, with its query, percent-encoded as it is to arrive.
    /// - Throws: ``SidecarError/circuitOpen``; ``SidecarError/refused(_:)`` when the sidecar could not reach the app;
    ///   ``SidecarError/timedOut`` and others when the sidecar itself failed.
    public func invoke(
        _ app: String, _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8]? = nil,
        timeout: Duration = timeout
    ) async throws(SidecarError) -> InvocationReply {
        let request = SidecarRequest(
            method: method.rawValue, path: try Sidecar.path(of: app, path),
            headers: headers.map { ($0.name.rawName, $0.value) }, body: body, timeout: timeout
        )
        let isIdempotent = [.get, .head, .options, .put, .delete, .trace].contains(method)
        for attempt in 0... {
            guard circuits.admits(app) else { throw .circuitOpen }
            let outcome = await attemptOnce(request)
            circuits.record(success: !outcome.isFault, of: app)
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
    private static let passing: Set<Int> = [502, 503, 504]
    private static let ownFields: Set<String> = [
        "connection", "content-length", "content-encoding", "keep-alive", "proxy-authenticate", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    let result: Result<SidecarReply, SidecarError>

    var neverHappened: Bool {
        if case .failure(.notRunning) = result { true } else { false }
    }

    /// Whether it may go better in a moment.
    var isPassing: Bool {
        switch result {
        case .success(let reply): InvocationOutcome.passing.contains(reply.status)
        case .failure(let error): error == .disconnected
        }
    }

    /// Whether the app cannot be reached or cannot answer; a failure of its own making is an answer.
    var isFault: Bool {
        switch result {
        case .success(let reply): InvocationOutcome.passing.contains(reply.status) || isUnreachable(reply)
        case .failure(.invalidCall): false
        case .failure: true
        }
    }

    func reply() throws(SidecarError) -> InvocationReply {
        let reply = try result.get()
        if isUnreachable(reply) { throw reply.refusal }
        var headers = HTTPFields()
        for (name, value) in reply.headers where !InvocationOutcome.ownFields.contains(name.lowercased()) {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return InvocationReply(status: HTTPResponse.Status(code: reply.status), headers: headers, body: reply.body)
    }

    private func isUnreachable(_ reply: SidecarReply) -> Bool {
        reply.status == 500
            && SidecarRefusal(status: 500, body: reply.body).isAny(of: ["ERR_DIRECT_INVOKE"])
    }
}
