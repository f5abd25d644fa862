import Configuration
import Foundation
import MailChannel

extension Setting.Reader {
    /// `SMTP_URL`, the name that operators know: never a flag, since it may hold a password. With it come
    /// `ERRAND_MAIL_FROM`, `ERRAND_SMTP_AUTH` and `ERRAND_SMTP_CA_FILE`.
    func mail(publicURL: String) throws(ConfigurationError) -> MailSender.Configuration? {
        let authentication = try choice(
            "smtp-auth",
            Dictionary(uniqueKeysWithValues: SMTPServer.Authentication.allCases.map { ($0.rawValue, $0) })
        )
        let (authorities, author) = (text("smtp-ca-file"), text("mail-from"))
        guard let url = reader.string(forKey: "smtp.url", isSecret: true), !url.isEmpty else { return nil }
        guard let server = SMTPServer(url: url, authentication: authentication ?? .auto, authorities: authorities)
        else {
            throw ConfigurationError(
                name: "SMTP_URL", expected: "smtps://user:password@host:465, or smtp://user:password@host:587"
            )
        }
        if let authorities, !FileManager.default.isReadableFile(atPath: authorities) {
            throw ConfigurationError(name: "ERRAND_SMTP_CA_FILE", expected: "a file that can be read")
        }
        guard let author, let from = Mailbox(author) else {
            throw ConfigurationError(
                name: "ERRAND_MAIL_FROM", expected: "an address, or Name <address>, since SMTP_URL is set"
            )
        }
        return MailSender.Configuration(server: server, from: from, publicURL: publicURL)
    }
}
