import ErrandCore
import Foundation
import NIOHTTP1

/// All of the sidecar's HTTP API, without the socket.
struct SidecarAPI: Sendable {
    /// What the sidecar says of itself.
    struct Status: Sendable {
        let appID: String
        let isOutboundReady: Bool
        let isAppReady: Bool
        let metadata: JSONValue
    }

    let token: String?
    let status: @Sendable () -> Status
    let shutDown: @Sendable () async -> Void
    let publishing: PublishAPI
    let jobs: JobsAPI
    let state: StateAPI
    let secrets: SecretsAPI
    let invocation: InvokeAPI

    func answer(_ call: APICall) async -> APIAnswer {
        let isHealth = call.path == "/v1.0/healthz" || call.path == "/v1.0/healthz/outbound"
        if let token, !isHealth, call.header("dapr-api-token") != token {
            return .text("invalid api token", status: 401)
        }
        do throws(APIError) {
            return try await route(call)
        } catch {
            return error.answer
        }
    }

    private func route(_ call: APICall) async throws(APIError) -> APIAnswer {
        if let callee = call.header("dapr-app-id") {
            return try await invocation.invoke(call, callee: callee, path: SidecarAPI.withQuery(call.path, call))
        }
        let version = call.path.split(separator: "/").first
        guard version == "v1.0" || version == "v1.0-alpha1" else { throw SidecarAPI.notFound }
        let rest = call.segments.dropFirst()
        let isWrite = call.method == .POST || call.method == .PUT
        switch (version, call.segments.first) {
        case (_, "publish") where isWrite && rest.first == "bulk":
            return try await publishing.publishBulk(call, to: rest.dropFirst())
        case (_, "jobs") where rest.count == 1: return try jobs.answer(call, name: rest.first ?? "")
        case ("v1.0-alpha1", _): throw SidecarAPI.notFound
        case (_, "publish") where isWrite: return try await publishing.publish(call, to: rest)
        case (_, "state"): return try state.answer(call, rest)
        case (_, "secrets") where call.method == .GET: return try secrets.answer(rest)
        case (_, "invoke"): return try await invoke(call)
        case (_, "healthz") where call.method == .GET: return try health(call, isOutbound: rest.first == "outbound")
        case (_, "metadata"): return rest.isEmpty ? .json(status().metadata) : .noContent
        case (_, "shutdown") where call.method == .POST:
            await shutDown()
            return .noContent
        default: throw SidecarAPI.notFound
        }
    }

    /// See [health](https://docs.dapr.io/reference/api/health_api/).
    private func health(_ call: APICall, isOutbound: Bool) throws(APIError) -> APIAnswer {
        let status = status()
        guard status.isOutboundReady else {
            throw isOutbound
                ? APIError(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready")
                : APIError(500, "ERR_HEALTH_NOT_READY", "dapr is not ready")
        }
        if isOutbound { return .noContent }
        guard status.isAppReady, call.query("appid").map({ $0 == status.appID }) ?? true else {
            throw APIError(500, "ERR_HEALTH_NOT_READY", "dapr is not ready")
        }
        return .noContent
    }

    /// The method keeps the spelling of its path.
    private func invoke(_ call: APICall) async throws(APIError) -> APIAnswer {
        let marker = "/method"
        guard call.segments.count >= 3, call.segments[2] == "method", let range = call.path.range(of: marker + "/")
        else { throw APIError(404, "ERR_DIRECT_INVOKE", "there is no app id or method") }
        let path = String(call.path[range.upperBound...])
        let encoded = ["%2f", "%5c", "%2e"]
        guard !encoded.contains(where: path.lowercased().contains) else {
            throw APIError(400, "ERR_MALFORMED_REQUEST", "the method holds an encoded slash or dot")
        }
        // A namespace may follow; there is only one here.
        let callee = call.segments[1].prefix { $0 != "." }
        return try await invocation.invoke(
            call, callee: String(callee), path: SidecarAPI.withQuery("/" + path, call)
        )
    }

    private static func withQuery(_ path: String, _ call: APICall) -> String {
        call.rawQuery.map { "\(path)?\($0)" } ?? path
    }

    private static let notFound = APIError(404, "ERR_NOT_FOUND", "method not found")
}
