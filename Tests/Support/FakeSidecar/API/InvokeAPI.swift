import ErrandCore
import NIOHTTP1

/// `/v1.0/invoke/{app-id}/method/{path}`
/// ([reference](https://docs.dapr.io/reference/api/service_invocation_api/)).
struct InvokeAPI: Sendable {
    /// Fields that belong to one connection (RFC 9110 §7.6.1), or to what the sidecar makes of the request.
    private static let ownFields: Set<String> = [
        "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "host", "content-length",
        "dapr-api-token", "dapr-app-id", "dapr-caller-app-id", "dapr-callee-app-id",
    ]

    /// What a sidecar gives as its own address.
    static let hostAddress = "127.0.0.1"

    let appID: String
    let apps: AppRegistry
    let retries: RetryPolicy

    /// - Parameter path: the rest of the path as it was sent, with its query.
    func invoke(_ call: APICall, callee: String, path: String) async throws(APIError) -> APIAnswer {
        var request = AppRequest(method: call.method, path: path)
        for (name, value) in call.headers where !InvokeAPI.ownFields.contains(name.lowercased()) {
            request.headers.append((name, value))
        }
        request.headers += [("dapr-caller-app-id", appID), ("dapr-callee-app-id", callee)]
        // Beside what the app has sent under these names, as lines of their own.
        let address = InvokeAPI.hostAddress
        request.headers += [
            ("X-Forwarded-For", address), ("X-Forwarded-Host", appID),
            ("Forwarded", "for=\(address);by=\(address);host=\(appID)"),
        ]
        request.body = call.body.isEmpty ? nil : call.body
        var tries = 0
        while true {
            do throws(AppCallError) {
                guard let app = apps.next(of: callee) else { throw .noConnection }
                let answer = try await app.call(request)
                let headers = answer.headers.filter { !InvokeAPI.ownFields.contains($0.name.lowercased()) }
                return APIAnswer(status: answer.status, headers: headers, body: answer.body)
            } catch {
                // Only what has certainly not been asked is asked again.
                guard error == .noConnection, retries.allowsAnother(after: tries) else {
                    throw InvokeAPI.failed(callee, error)
                }
            }
            tries += 1
            do {
                try await Task.sleep(for: retries.pause)
            } catch {
                throw InvokeAPI.failed(callee, .brokenOff)
            }
        }
    }

    private static func failed(_ callee: String, _ error: AppCallError) -> APIError {
        APIError(500, "ERR_DIRECT_INVOKE", "failed to invoke \(callee): \(error)")
    }
}
