import ErrandCore
public import Hummingbird

/// Which paths are the API's, as against those of the page, of probes and of callbacks.
public enum APISurface {
    /// First segments of paths that the role `chat-api` answers, now or one day.
    static let branches: Set<String> = ["api", "mcp", "oauth", ".well-known", "account", "u", "dav", "feeds"]
    /// Whole paths, for OAuth.
    static let leaves: Set<String> = ["authorize", "token", "register"]

    /// One pattern or more per branch.
    public static var patterns: [RouterPath] {
        branches.sorted().flatMap { [RouterPath("/\($0)"), RouterPath("/\($0)/**")] }
            + leaves.sorted().map { RouterPath("/\($0)") }
    }

    /// How large the body of a request may be that is passed on: files are larger than anything else.
    public static func bodyBytesMax(path: String) -> Int {
        path.split(separator: "/") == ["api", "v1", "import"] ? Limits.importWholeBytesMax : JSONBody.sizeBytesMax
    }

    /// Whether a path is one of them, read as the router reads it: empty segments do not count.
    public static func contains(path: String) -> Bool {
        let segments = path.split(separator: "/")
        guard let first = segments.first.map(String.init) else { return false }
        return branches.contains(first) || leaves.contains(first) && segments.count == 1
    }
}
