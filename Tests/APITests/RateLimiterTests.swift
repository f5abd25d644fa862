import ErrandHTTP
import Testing

@Suite struct RateLimiterTests {
    @Test func `a caller has a quota per window, and callers count apart`() {
        let limiter = RateLimiter(RateLimit(name: "test", quota: 2, window: .seconds(10)))
        let start = ContinuousClock.now
        #expect(limiter.count("ana", at: start).remaining == 1)
        #expect(limiter.count("ana", at: start + .seconds(4)).isAllowed)
        let third = limiter.count("ana", at: start + .seconds(9))
        #expect(!third.isAllowed)
        #expect(third.resetsIn == .seconds(1))
        #expect(limiter.count("ben", at: start + .seconds(9)).isAllowed)
        #expect(limiter.count("ana", at: start + .seconds(10)).remaining == 1, "a new window begins")
    }
}
