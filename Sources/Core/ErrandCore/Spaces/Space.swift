/// Where tasks, tags, task numbers, change numbers, the order of the log, search and audit belong.
///
/// Every user has a personal one that bears the user's own id (``UserID/personalSpace``) and, in a store, the user's
/// own row number; a space that several people share has an id that is nobody's.
///
/// Nothing is known of a space but its id so far.
public enum Space {}

public typealias SpaceID = ID<Space>

extension ID where Entity == User {
    /// The space that is this user's alone.
    public var personalSpace: SpaceID { SpaceID(value) }
}
