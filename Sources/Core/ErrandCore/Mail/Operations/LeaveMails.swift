/// Ends the mails of one type, for whoever has the link in one of them. Can be taken back in the settings.
public struct LeaveMails: Command {
    public let userID: UserID
    public let type: NotificationType
    public let requiredScope = Scope.writeAccount

    public init(userID: UserID, type: NotificationType) {
        self.userID = userID
        self.type = type
    }

    /// What its link carries, sealed.
    public var json: JSONValue { ["u": .string(userID.description), "t": .string(type.rawValue)] }

    /// Reads ``json``; nil for anything else.
    public init?(_ json: JSONValue) {
        guard let user = json["u"]?.string.flatMap({ UserID($0) }),
            let type = json["t"]?.string.flatMap({ NotificationType(rawValue: $0) }),
            NotificationType.chosen.contains(type)
        else { return nil }
        self.init(userID: user, type: type)
    }

    /// Whoever has the link, and nothing but its act.
    public var principal: Principal {
        Principal(userID: userID, actor: .mailedLink, scopes: [.writeAccount], via: .page)
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        let kinds = try context.user().settings.notifications.kinds(for: type).subtracting([.email])
        let names = JSONValue(strings: ChannelKind.allCases.filter(kinds.contains).map(\.rawValue))
        let edit = try ProfileEdit(["notifications": .object([type.rawValue: names])])
        _ = try UpdateProfile(edit).execute(in: context)
    }
}
