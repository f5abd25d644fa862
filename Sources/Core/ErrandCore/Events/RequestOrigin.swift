/// Where a request came from, as far as its events say so.
public struct RequestOrigin: Hashable, Sendable {
    public let via: Door?
    public let correlation: Correlation

    public static let unknown = RequestOrigin(via: nil, correlation: .none)

    public init(via: Door?, correlation: Correlation) {
        self.via = via
        self.correlation = correlation
    }
}
