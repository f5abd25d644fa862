/// A right that a credential can carry.
public enum Scope: String, CaseIterable, Sendable {
    case readTasks = "tasks:read"
    case writeTasks = "tasks:write"
    case readAccount = "account:read"
    case writeAccount = "account:write"
    /// Passwords and personal access tokens: only a signed-in person, never a token.
    case manageCredentials = "session"

    /// What a personal access token can be given.
    public static let grantable: [Scope] = [.readTasks, .writeTasks, .readAccount, .writeAccount]
}
