/// What somebody may do in a space. ``Operations`` asks for it once per operation, before any transaction touches a
/// row; nothing below asks again.
public struct Access: Hashable, Sendable {
    /// Each may do what those before it may.
    public enum Role: Int, Comparable, Sendable {
        case reader, editor, owner

        public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
    }

    public let space: SpaceID
    public let member: UserID
    public let role: Role

    private init(space: SpaceID, member: UserID, role: Role) {
        self.space = space
        self.member = member
        self.role = role
    }

    /// What people have in the space that is theirs alone.
    public static func own(of user: UserID) -> Access {
        Access(space: user.personalSpace, member: user, role: .owner)
    }

    /// What the principal has in a space, once it is known to be enough.
    ///
    /// - Parameter space: nil for the principal's own.
    /// - Throws: ``ErrandError/insufficientScope(_:)`` when the credential or the role lacks the right;
    ///   ``ErrandError/notFound(_:)`` for a space that is none of the principal's, as for one that does not exist.
    static func of(
        _ principal: Principal, to space: SpaceID? = nil, for scope: Scope
    ) throws(ErrandError) -> Access {
        guard principal.scopes.contains(scope) else { throw .insufficientScope(scope) }
        let own = own(of: principal.userID)
        guard space == nil || space == own.space else { throw .notFound(.space) }
        guard own.role >= scope.roleNeeded else { throw .insufficientScope(scope) }
        return own
    }
}

extension Scope {
    /// The role in a space that goes with the right. Rights about an account are had in its own space alone.
    fileprivate var roleNeeded: Access.Role {
        switch self {
        case .readTasks: .reader
        case .writeTasks: .editor
        default: .owner
        }
    }
}
