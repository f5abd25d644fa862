import TaskLanguage

extension CommandContext {
    /// Tells the owner what happened to the account, so that nobody else does it unseen: by mail to the account's
    /// address, whatever their settings are, and as a notification of type ``NotificationType/security``.
    ///
    /// - Parameter recipient: nil for the account's verified address.
    func announce(_ kind: AccountMail.Kind, to recipient: EmailAddress? = nil) throws(ErrandError) {
        try mail(kind, to: recipient)
        guard let (title, body) = CommandContext.notice(kind, in: try user().settings.spokenLanguage) else { return }
        try tell(
            Notification(
                id: newID(), userID: member, type: .security, title: title, at: now, isInInbox: true,
                payload: ["body": .string(body), "path": "/#/settings"]
            )
        )
    }

    /// Nil for mails that announce nothing.
    private static func notice(_ kind: AccountMail.Kind, in language: Language) -> (title: String, body: String)? {
        switch (kind, language) {
        case (.passwordNotice, .english):
            ("Your password was changed", "If it was not you, set a new one by \"Forgotten password\".")
        case (.passwordNotice, .german):
            ("Dein Passwort wurde geändert", "Warst du es nicht, setze ein neues über „Passwort vergessen“.")
        case (.addressNotice, .english):
            ("The address of your account was changed", "Mails about your account go to the new one.")
        case (.addressNotice, .german):
            ("Die Adresse deines Kontos wurde geändert", "Mails zu deinem Konto gehen an die neue.")
        case (.signOutNotice, .english):
            ("You were signed out everywhere", "If it was not you, change your password.")
        case (.signOutNotice, .german):
            ("Du wurdest überall abgemeldet", "Warst du es nicht, ändere dein Passwort.")
        default: nil
        }
    }
}
