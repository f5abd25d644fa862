/// How often callers may call.
public struct RequestLimits: Sendable {
    /// Every authenticated request, per user.
    public let perUser: RateLimiter?
    /// Guesses, per network address: sign-up, sign-in, refresh, and requests with a credential that is no good.
    public let perAddress: RateLimiter?
    /// Sign-ins per address and account.
    public let perAccount: RateLimiter?
    /// Readings of a calendar feed, whoever reads.
    public let perFeed: RateLimiter?
    /// Proxies in front of us that add to `X-Forwarded-For`; 0 when people connect directly.
    public let trustedProxies: Int

    /// - Parameter isOn: false lifts all limits, for load tests.
    public init(isOn: Bool, trustedProxies: Int) {
        perUser = isOn ? RateLimiter(RateLimit(name: "api", quota: 3000, window: .seconds(60))) : nil
        perAddress = isOn ? RateLimiter(RateLimit(name: "credentials", quota: 60, window: .seconds(60))) : nil
        perAccount = isOn ? RateLimiter(RateLimit(name: "sign-in", quota: 10, window: .seconds(60))) : nil
        perFeed = isOn ? RateLimiter(RateLimit(name: "feed", quota: 60, window: .seconds(60))) : nil
        self.trustedProxies = trustedProxies
    }
}
