import ErrandCore
public import ErrandHTTP
import HTTPTypes
public import Hummingbird
public import Logging

/// What another app may have our sidecar call on the internal listener: the API, if it is the one app that may, and
/// nothing else.
///
/// A sidecar has one port of its app, so what is invoked comes to where it delivers events, too. It says by
/// `dapr-caller-app-id` who called (<https://docs.dapr.io/reference/api/service_invocation_api/>); that this is the
/// sidecar's word, the app token shows. Before Dapr 1.19 an app could put another name there.
public struct PeerDoor: Sendable {
    private let token: SidecarToken?
    private let caller: String?

    /// - Parameters:
    ///   - configuration: without an app token nobody comes in.
    ///   - caller: the id of the app that may call the API; nil for none.
    public init(configuration: SidecarConfiguration, caller: String?, logger: Logger) {
        token = configuration.appToken
        self.caller = caller
        if caller != nil, token == nil {
            logger.warning("APP_API_TOKEN is not set: what other apps have the sidecar call is refused")
        }
    }

    /// Keeps other apps from all but the API. Goes before every route of the internal listener.
    public var filter: some MiddlewareProtocol<Request, Response, ErrandRequestContext> { PeerFilter(door: self) }

    /// Lets nobody but the one app to a group of routes, and believes it whom it calls for.
    public var entrance: some MiddlewareProtocol<Request, Response, ErrandRequestContext> { PeerEntrance(door: self) }

    /// - Throws: ``Problem``: 401 for a call that is not the sidecar's, 403 for one of another app or of none.
    fileprivate func check(_ request: Request) async throws {
        guard let token, token.matches(request.headers[.daprAPIToken]) else {
            try await JSONBody.skip(request)
            throw Problem.appTokenWrong
        }
        guard let caller, request.headers[.daprCallerAppID] == caller else {
            try await JSONBody.skip(request)
            throw Problem.invokedByPeer
        }
    }
}

private struct PeerFilter: RouterMiddleware {
    let door: PeerDoor

    func handle(
        _ request: Request, context: ErrandRequestContext,
        next: @concurrent (Request, ErrandRequestContext) async throws -> Response
    ) async throws -> Response {
        if request.headers.contains(.daprCallerAppID) {
            try await door.check(request)
            guard APISurface.contains(path: request.uri.path) else {
                try await JSONBody.skip(request)
                throw Problem.invokedByPeer
            }
        }
        return try await next(request, context)
    }
}

private struct PeerEntrance: RouterMiddleware {
    let door: PeerDoor

    func handle(
        _ request: Request, context: ErrandRequestContext,
        next: @concurrent (Request, ErrandRequestContext) async throws -> Response
    ) async throws -> Response {
        try await door.check(request)
        // The caller has put the client first; the sidecars on the way add themselves behind it.
        var (head, context) = (request.head, context)
        context.vouchedAddress = ClientAddress.list(request.headers[.forwardedFor]).first
        if let host = ClientAddress.list(request.headers[.forwardedHost]).first { head.authority = host }
        return try await next(Request(head: head, body: request.body), context)
    }
}

extension InvocationReply {
    /// Whether the other app's door has refused the call. It says nothing of the user whom the call was for, though
    /// its status is one that a user could be answered with.
    public var isRefusedAtDoor: Bool {
        guard [401, 403].contains(status.code), let code = (try? JSONValue.parse(body))?["code"]?.string else {
            return false
        }
        return [Problem.appTokenWrong.code, Problem.invokedByPeer.code].contains(code)
    }
}

extension Problem {
    /// Other than a user's lack of a credential: it is for those who run the processes to mend.
    static let appTokenWrong = Problem(
        .unauthorized, code: "app_token_wrong", title: "The app token is missing or wrong.",
        detail: "What is invoked has to come from the app's own sidecar.", headers: [.wwwAuthenticate: "Bearer"]
    )

    static let invokedByPeer = Problem(
        .forbidden, code: "invoked_by_peer", title: "Other apps may not call this.",
        detail: "Only the sidecar itself delivers events, jobs and ticks."
    )
}
