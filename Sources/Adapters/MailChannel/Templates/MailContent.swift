package import ErrandCore
import Mustache
import TaskLanguage

/// What a mail says, before it is put into its two forms.
package struct MailContent {
    package struct Link {
        let label: String
        package let address: String

        fileprivate var values: [String: String] { ["label": label, "address": address] }
    }

    var language: Language
    package var subject: String
    var heading: String
    package var paragraphs: [String]
    /// Tasks of a digest.
    var lines: [(number: String, title: String, note: String)] = []
    package var button: Link?
    var links: [Link] = []
    var footer: String
    var unsubscribe: Link?

    /// The mail about an account.
    ///
    /// - Parameter publicURL: where people reach the server, without a slash at its end.
    package init(_ mail: OutgoingMail, publicURL: String) {
        let wording = MailWording.of(mail.kind, in: mail.language)
        language = mail.language
        subject = wording.subject
        heading = wording.subject
        paragraphs = [MailWording.greeting(mail.name, in: mail.language)] + wording.paragraphs
        footer = MailWording.footer(in: mail.language)
        guard let label = wording.button, let token = mail.token else { return }
        let page =
            switch mail.kind {
            case .resetPassword: "reset-password"
            case .verifyChannel: "verify-channel"
            default: "verify-email"
            }
        button = Link(label: label, address: "\(publicURL)/account/\(page)?token=\(token)")
    }

    init(language: Language, subject: String, heading: String, paragraphs: [String]) {
        self.language = language
        self.subject = subject
        self.heading = heading
        self.paragraphs = paragraphs
        footer = MailWording.footer(in: language)
    }

    private var values: [String: Any] {
        var values: [String: Any] = [
            "language": language.rawValue, "subject": subject, "heading": heading,
            "paragraphs": paragraphs, "footer": footer, "links": links.map(\.values),
            "lines": lines.map { ["number": $0.number, "title": $0.title, "note": $0.note] },
        ]
        if let button { values["button"] = button.values }
        if let unsubscribe { values["unsubscribe"] = unsubscribe.values }
        return values
    }

    package func text(_ templates: MailTemplates) -> String { templates.text.render(values) }

    package func html(_ templates: MailTemplates) -> String { templates.html.render(values) }
}

/// The templates, read once.
package struct MailTemplates: Sendable {
    let text: MustacheTemplate
    let html: MustacheTemplate

    package init() throws {
        text = try MustacheTemplate(string: MailLayout.text)
        html = try MustacheTemplate(string: MailLayout.html)
    }
}
