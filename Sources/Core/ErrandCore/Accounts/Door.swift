/// How people and programs get in: each has a name, under which events and the audit log remember it for good. An open
/// set.
public struct Door: Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    /// The page in a browser.
    public static let page = Door("page")
    /// REST, by a program that says no more about itself.
    public static let api = Door("api")
    /// The command line.
    public static let commandLine = Door("cli")
    public static let chat = Door("chat")
    /// The Model Context Protocol.
    public static let mcp = Door("mcp")
    public static let calDAV = Door("caldav")

    public var description: String { name }
}
