import CivilTime

extension CommandContext {
    /// Has a mail sent about the user's account, in the transaction in which what it tells of happens.
    ///
    /// - Parameters:
    ///   - recipient: nil for the user's address, and for none at all while nobody has shown that it is theirs.
    ///   - outlives: whether it is sent although the account is gone by then.
    func mail(
        _ kind: AccountMail.Kind, to recipient: EmailAddress? = nil, id: MailID? = nil, outlives: Bool = false
    ) throws(ErrandError) {
        let user = try user()
        guard let address = recipient ?? user.verifiedAddress else { return }
        try transaction.mails.insert(
            AccountMail(
                id: id ?? newID(), kind: kind, recipient: address, userID: outlives ? nil : user.id,
                language: user.settings.spokenLanguage, createdAt: now, nextAt: now
            )
        )
    }
}
