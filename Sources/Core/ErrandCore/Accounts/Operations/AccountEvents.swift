import CivilTime

/// Why a session ended before its time.
enum SessionEnd: String {
    case signedOut = "signed_out"
    case signedOutEverywhere = "signed_out_everywhere"
    case passwordChanged = "password_changed"
    case passwordReset = "password_reset"
    /// A refresh token was presented that had been exchanged before.
    case refreshTokenReused = "refresh_token_reused"
}

/// Events of accounts and sessions. They say nothing that is secret, and no address.
extension CommandContext {
    func recordAccount(_ user: User) throws(ErrandError) {
        try record(.accountCreated, about: .account(user.id), ["account": .object(user.settingsJSON)])
    }

    func recordStart(of session: Session) throws(ErrandError) {
        try record(
            .sessionStarted, about: .session(session.id),
            [
                "session": [
                    "created_at": .string(session.createdAt.description),
                    "expires_at": .string(session.expiresAt.description),
                ]
            ]
        )
    }

    func recordEnd(of sessions: [SessionID], because reason: SessionEnd) throws(ErrandError) {
        for session in sessions {
            try record(.sessionEnded, about: .session(session), ["reason": .string(reason.rawValue)])
        }
    }
}

extension User {
    /// Name and settings: the account without what it is known and reached by.
    var settingsJSON: JSONObject {
        guard case .object(var settings) = json else { return [:] }
        for name in ["id", "email", "email_verified", "created_at"] { settings[name] = nil }
        return settings
    }
}
