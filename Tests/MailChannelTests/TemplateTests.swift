import CivilTime
import ErrandCore
import MailChannel
import TaskLanguage
import Testing

@Suite struct TemplateTests {
    private func content(_ kind: AccountMail.Kind, _ language: Language, name: String = "Ana") throws -> MailContent {
        MailContent(
            OutgoingMail(
                id: try #require(MailID("0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e00")), kind: kind,
                recipient: try #require(EmailAddress("ana@example.org")), name: name, language: language, zone: .utc,
                at: Instant(seconds: 1_768_471_205), token: "secret"
            ), publicURL: "https://errand.example.com"
        )
    }

    @Test(arguments: AccountMail.Kind.allCases, Language.allCases)
    func `each mail says the same in both its forms`(_ kind: AccountMail.Kind, _ language: Language) throws {
        let templates = try MailTemplates()
        let content = try content(kind, language)
        let (text, html) = (content.text(templates), content.html(templates))
        for paragraph in content.paragraphs {
            #expect(text.contains(paragraph))
            #expect(html.contains(paragraph))
        }
        #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
        let link = content.button?.address
        #expect((link == nil) == ![.verifyAddress, .verifyChannel, .resetPassword].contains(kind))
        if let link {
            #expect(text.contains(link))
            #expect(html.contains("href=\"\(link)\""))
        }
        for form in [text, html] { #expect(!form.contains("{{") && !form.contains("}}")) }
    }

    @Test func `names cannot be markup`() throws {
        let html = try content(.passwordNotice, .english, name: "<img src=x onerror=alert(1)>").html(MailTemplates())
        #expect(!html.contains("<img"))
        #expect(html.contains("&lt;img"))
    }
}
