/// Everything a call of the server can fail with.
public enum ClientError: Error, Equatable, Sendable {
    /// There are no usable credentials; the text says why.
    case notSignedIn(String)
    /// The server refused.
    case problem(Problem)
    /// No reply came.
    case unreachable(ServerAddress, String)
    /// A reply came that makes no sense.
    case unexpected(String)
    /// A file of this client cannot be read or written.
    case file(String)
    case cancelled

    /// The error for a person. May span lines; holds nothing that a terminal obeys.
    public var sentence: String {
        switch self {
        case .notSignedIn(let reason): "\(reason) Sign in with: errand login"
        case .problem(let problem): problem.sentence
        case .unreachable(let server, let reason): "Cannot reach \(server): \(reason)."
        case .unexpected(let sentence), .file(let sentence): sentence
        case .cancelled: "Interrupted."
        }
    }

    /// What the process ends with: 1 failed, 3 not signed in, 4 not found, 5 unreachable, 130 interrupted.
    public var exitStatus: Int32 {
        switch self {
        case .notSignedIn: 3
        case .problem(let problem) where problem.status == 404: 4
        case .problem, .unexpected, .file: 1
        case .unreachable: 5
        case .cancelled: 130
        }
    }
}
