public import ErrandCore
import HTTPTypes
public import Hummingbird

/// What the gate has found out about a request that it lets in.
public struct Admission: Sendable {
    /// Where a caller stands in the window of a limit.
    struct Standing: Sendable {
        let limit: RateLimit
        let decision: RateLimiter.Decision
    }

    /// Who asks; nil for nobody in particular.
    public let principal: Principal?
    /// What proved it: ``Credential/isCookie`` says of which kind. Nil where none was looked at.
    public let credential: Credential?
    /// The client's network address.
    public let address: String
    let standing: Standing?

    /// Tells the caller in the answer how much is left (the `RateLimit` fields), where this request was counted.
    public func addLimits(to response: inout Response) {
        guard let standing else { return }
        let (limit, decision) = (standing.limit, standing.decision)
        let window = limit.window.components.seconds
        response.headers[.rateLimitPolicy] = "\"\(limit.name)\";q=\(limit.quota);w=\(window)"
        let reset = max(0, decision.resetsIn.components.seconds)
        response.headers[.rateLimit] = "\"\(limit.name)\";r=\(decision.remaining);t=\(reset)"
    }
}
