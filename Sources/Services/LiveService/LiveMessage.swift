package import ErrandCore

/// What a window says: the client frames of `GET /api/v1/live`.
package enum LiveMessage: Hashable, Sendable {
    /// Shows a credential: the first one, or a fresh one before the old one ends.
    case auth(token: String)
    /// Asks for what came after a change number.
    case resume(cursor: ChangeNumber)

    /// Reads a frame; members that later clients may add are passed over.
    ///
    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        guard let json = try? JSONValue.parse(text) else { return nil }
        switch (json["type"]?.string, json["token"], json["cursor"]) {
        case ("auth", .string(let token)?, nil) where !token.isEmpty: self = .auth(token: token)
        case ("resume", nil, .integer(let cursor)?) where cursor >= 0: self = .resume(cursor: ChangeNumber(cursor))
        default: return nil
        }
    }
}
