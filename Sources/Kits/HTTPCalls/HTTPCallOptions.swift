/// Whom a client may call.
public enum Reach: Sendable {
    /// Everybody: for places that the operator or the person at the command line has named.
    case anywhere
    /// Machines of the public internet alone: for places that users, or answers from the internet, name. What that
    /// takes, and how it holds when a name changes its mind, is said at `AddressGuard`.
    case publicAddresses
}

/// What holds for all calls of a client.
public struct HTTPCallOptions: Sendable {
    public let reach: Reach
    /// Of ``Reach/publicAddresses``: hosts that are called all the same, whatever their addresses. Exact names or
    /// addresses in small letters, without brackets, `host` for every port or `host:port`. Default none.
    public var privateHosts: Set<String> = []
    /// For a new connection, or for one of the ``connectionsMax`` to become free.
    public var connectTimeout = Duration.seconds(10)
    /// How long the other side may say nothing while it is its turn; nil for as long as it likes.
    public var silenceMax: Duration?
    /// Connections to one host at once; more calls wait.
    public var connectionsMax = 8
    /// A connection that is not used for this long is closed.
    public var idleTimeout = Duration.seconds(60)
    /// Redirects that a GET or HEAD follows. Default none: the answer is the redirect.
    ///
    /// A followed one may not lead from https to http; where it leads to another host, `Authorization`, `Cookie` and
    /// `Proxy-Authorization` are left out.
    public var redirectsMax = 0

    public init(reach: Reach) {
        self.reach = reach
    }
}
