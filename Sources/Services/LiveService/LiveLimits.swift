/// Limits of live sync.
public struct LiveLimits: Hashable, Sendable {
    /// Windows of one user.
    public var perUser = 20
    /// Windows of all users together.
    public var inAll = 12_000
    /// How long a window may take to say who it is.
    public var signInTime = Duration.seconds(10)
    /// How often it is checked again whether the credential of a window is good, and whether it has been told all.
    public var recheckPause = Duration.seconds(15)
    /// How often a stream without changes shows that it is alive.
    public var heartbeatPause = Duration.seconds(20)
    /// How long a window may take to make room before it is dropped, while it catches up.
    public var patience = Duration.seconds(10)
    /// Frames that wait for a slow stream.
    public var framesMax = 256
    /// Client frames in one minute.
    public var messagesPerMinuteMax = 60

    public init() {}
}
