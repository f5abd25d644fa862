/// What a trace is told of a request that was answered.
public struct TracedAnswer: Sendable {
    /// The place of the request's own span, which its events are marked with.
    public let traceparent: String
    /// The place of the span that it came from; nil where it is the first.
    public let parent: String?
    public let method: String
    /// The pattern of the route, or `unknown`.
    public let route: String
    public let status: Int
    public let elapsed: Duration
    public let requestID: String
}

/// Takes note of an answer, and calls the function given with it, once, which measures it: what is measured there can
/// be told to be a part of the trace.
public typealias TraceAnswer = @Sendable (TracedAnswer, () -> Void) -> Void
