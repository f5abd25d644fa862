import Logging

/// The app of one sidecar: where it is, and what every callback to it carries.
struct AppChannel: Sendable {
    let client: AppClient
    let port: AppPort
    let token: String?
    let faults: Faults
    let logger: Logger

    /// - Parameter trace: `traceparent` that the callback continues.
    func call(
        _ request: AppRequest, trace: String? = nil, timeout: Duration? = nil
    ) async throws(AppCallError) -> AppAnswer {
        guard let port = port.current else { throw .noConnection }
        var request = request
        switch (faults.callbackToken, token) {
        case (.right, let token?): request.headers.append(("dapr-api-token", token))
        case (.wrong, _): request.headers.append(("dapr-api-token", "not-the-token"))
        case (.right, nil), (.missing, _): break
        }
        if let trace { request.headers.append(("traceparent", trace)) }
        return try await client.send(request, to: port, timeout: timeout)
    }

    /// Whether the app can be reached at this moment.
    func isUp() async -> Bool {
        guard let port = port.current else { return false }
        return await client.accepts(port)
    }
}
