/// What becomes of a request that asks for a WebSocket.
public enum WebSocketDecision: Sendable {
    /// The connection is upgraded, then the closure runs; when it returns, the connection is closed with 1000
    /// unless that has happened before. It must return soon after `nextMessage` has returned nil, or it would
    /// hold up the server's shutdown.
    case accept(@Sendable (WebSocketConnection) async -> Void)
    /// The request goes to the router as an ordinary one with `Connection: close`, which says why not.
    case refuse
}
