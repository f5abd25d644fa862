/// The form of somebody who has forgotten a password.
public struct ForgottenForm: Sendable {
    public let email: EmailAddress

    /// Reads `{email}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("email")
        let email = reader.parsed("email", expected: "an e-mail address") { EmailAddress($0) }
        try reader.finish()
        guard let email else { throw .invalid("/email", .required, "Is required.") }
        self.email = email
    }
}

/// A new password in place of a forgotten one.
public struct ResetForm: Sendable {
    /// As it stood in the link.
    public let token: String
    public let new: String

    /// Reads `{token, new_password}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("new_password")
        token = reader.mailToken()
        new = reader.newPassword("new_password", of: nil) ?? ""
        try reader.finish()
    }
}

/// Whoever has it reads the mails to an address.
public struct VerifyForm: Sendable {
    /// As it stood in the link.
    public let token: String

    /// Reads `{token}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        token = reader.mailToken()
        try reader.finish()
    }
}

/// A change of the account's address, proved by the password.
public struct AddressForm: Sendable {
    public let email: EmailAddress
    public let password: String

    /// Reads `{email, current_password}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        var reader = FieldReader(json)
        reader.require("email")
        reader.require("current_password")
        let email = reader.parsed("email", expected: "an e-mail address") { EmailAddress($0) }
        password = reader.text("current_password", .anyPassword) ?? ""
        try reader.finish()
        guard let email else { throw .invalid("/email", .required, "Is required.") }
        self.email = email
    }
}

/// The wish to have an account deleted.
public struct DeleteAccountForm: Sendable {
    /// Nil for somebody who has signed in just now.
    public let password: String?

    /// Reads `{current_password?}`.
    public init(_ json: JSONValue) throws(ErrandError) {
        guard json != .null else {
            password = nil
            return
        }
        var reader = FieldReader(json)
        password = reader.text("current_password", .anyPassword)
        try reader.finish()
    }
}

extension FieldReader {
    fileprivate mutating func mailToken() -> String {
        require("token")
        return parsed("token", expected: "the token of a link in a mail") { text in
            Base64URL.decode(text)?.count == Limits.mailTokenBytes ? text : nil
        } ?? ""
    }
}
