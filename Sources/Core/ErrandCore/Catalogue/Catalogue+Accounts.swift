import CivilTime

/// The account, its tokens and its audit log.
extension Catalogue {
    public static let readProfile = CatalogueEntry<User>(
        "me.read", "Shows the account with its settings.", scope: .readAccount,
        read: { _ in .query(ReadProfile()) },
        json: \.json, sentence: { "\($0.name.isEmpty ? $0.email : $0.name), \($0.settings.zone.identifier)." }
    )

    public static let updateProfile = CatalogueEntry<User>(
        "me.update", "Changes the account's settings.", scope: .writeAccount, reads: .body,
        read: { (input) throws(ErrandError) in .command(UpdateProfile(try ProfileEdit(input.body, at: input.pointer)))
        },
        json: \.json, sentence: { _ in "The settings are changed." }
    )

    public static let listTokens = CatalogueEntry<[PersonalToken]>(
        "tokens.list", "Lists the personal access tokens, without their secrets.", scope: .manageCredentials,
        read: { _ in .query(ListTokens()) },
        json: { ["items": .array($0.map(\.json)), "next_cursor": .null] },
        sentence: { "\(Sentences.count($0.count, "token"))." }
    )

    public static let deleteToken = CatalogueEntry<Void>(
        "tokens.delete", "Revokes a personal access token at once.", scope: .manageCredentials, about: .token,
        read: { (input) throws(ErrandError) in .command(DeleteToken(try input.id(of: .token))) },
        json: { nil }, sentence: { "The token is revoked." }
    )

    public static let listAudit = CatalogueEntry<ListAudit.Page>(
        "audit.list", "Lists the audit log, the newest entry first.", scope: .readTasks, reads: .parameters,
        read: { (input) throws(ErrandError) in .query(try ListAudit(input.parameters)) },
        json: \.json,
        sentence: { page in
            page.entries.count == 1 ? "1 entry." : "\(page.entries.isEmpty ? "No" : "\(page.entries.count)") entries."
        }
    )
}
