import ErrandCore
import TaskLanguage

/// What mails about accounts say, a table per language.
struct MailWording {
    let subject: String
    let paragraphs: [String]
    /// Of the button; nil for mails that lead nowhere.
    let button: String?

    static func of(_ kind: AccountMail.Kind, in language: Language) -> MailWording {
        switch language {
        case .english: english(kind)
        case .german: german(kind)
        }
    }

    static func greeting(_ name: String, in language: Language) -> String {
        switch language {
        case .english: name.isEmpty ? "Hello," : "Hello \(name),"
        case .german: name.isEmpty ? "Hallo," : "Hallo \(name),"
        }
    }

    static func footer(in language: Language) -> String {
        switch language {
        case .english: "This mail was sent by a program; nobody reads answers to it."
        case .german: "Diese Mail hat ein Programm verschickt; Antworten darauf liest niemand."
        }
    }

    static func unsubscribe(in language: Language) -> String {
        switch language {
        case .english: "Send me no more of these"
        case .german: "Keine solchen Mails mehr"
        }
    }

    private static func english(_ kind: AccountMail.Kind) -> MailWording {
        switch kind {
        case .verifyAddress:
            MailWording(
                subject: "Confirm your e-mail address",
                paragraphs: [
                    "Somebody, probably you, uses this address for an account at Errand. Is it yours? Then confirm it.",
                    "The link is good for 24 hours, once. If it was not you, there is nothing to do.",
                ],
                button: "Confirm this address"
            )
        case .verifyChannel: channelEnglish
        case .resetPassword:
            MailWording(
                subject: "Set a new password",
                paragraphs: [
                    "Somebody, probably you, has forgotten the password of your account at Errand.",
                    "The link is good for one hour, once. If it was not you, there is nothing to do: your password "
                        + "stays as it is.",
                ],
                button: "Set a new password"
            )
        case .passwordNotice:
            MailWording(
                subject: "Your password was changed",
                paragraphs: [
                    "The password of your account was changed, and everybody else was signed out.",
                    "If it was not you, set a new one at once: on the sign-in page, choose “Forgot your password?”.",
                ],
                button: nil
            )
        case .addressNotice:
            MailWording(
                subject: "Your e-mail address was changed",
                paragraphs: [
                    "Your account at Errand has another e-mail address now; mails go there from now on.",
                    "If it was not you, turn to whoever runs this server.",
                ],
                button: nil
            )
        case .signOutNotice:
            MailWording(
                subject: "You were signed out everywhere",
                paragraphs: [
                    "All sessions of your account were ended.",
                    "If it was not you, set a new password: on the sign-in page, choose “Forgot your password?”.",
                ],
                button: nil
            )
        case .farewell:
            MailWording(
                subject: "Your account was deleted",
                paragraphs: [
                    "Your account at Errand and everything in it was deleted, as you asked.",
                    "This is the last mail to you. Goodbye!",
                ],
                button: nil
            )
        }
    }

    private static func german(_ kind: AccountMail.Kind) -> MailWording {
        switch kind {
        case .verifyAddress:
            MailWording(
                subject: "Bestätige deine E-Mail-Adresse",
                paragraphs: [
                    "Jemand, vermutlich du, benutzt diese Adresse für ein Konto bei Errand. Ist sie deine? Dann "
                        + "bestätige sie.",
                    "Der Link gilt 24 Stunden lang, ein Mal. Warst du es nicht, ist nichts zu tun.",
                ],
                button: "Adresse bestätigen"
            )
        case .verifyChannel: channelGerman
        case .resetPassword:
            MailWording(
                subject: "Setze ein neues Passwort",
                paragraphs: [
                    "Jemand, vermutlich du, hat das Passwort deines Kontos bei Errand vergessen.",
                    "Der Link gilt eine Stunde lang, ein Mal. Warst du es nicht, ist nichts zu tun: Dein Passwort "
                        + "bleibt, wie es ist.",
                ],
                button: "Neues Passwort setzen"
            )
        case .passwordNotice:
            MailWording(
                subject: "Dein Passwort wurde geändert",
                paragraphs: [
                    "Das Passwort deines Kontos wurde geändert, und alle anderen wurden abgemeldet.",
                    "Warst du es nicht, setze sofort ein neues: auf der Anmeldeseite unter „Forgot your password?“.",
                ],
                button: nil
            )
        case .addressNotice:
            MailWording(
                subject: "Deine E-Mail-Adresse wurde geändert",
                paragraphs: [
                    "Dein Konto bei Errand hat jetzt eine andere E-Mail-Adresse; Mails gehen von nun an dorthin.",
                    "Warst du es nicht, wende dich an die Leute, die diesen Server betreiben.",
                ],
                button: nil
            )
        case .signOutNotice:
            MailWording(
                subject: "Du wurdest überall abgemeldet",
                paragraphs: [
                    "Alle Sitzungen deines Kontos wurden beendet.",
                    "Warst du es nicht, setze ein neues Passwort: auf der Anmeldeseite unter „Forgot your password?“.",
                ],
                button: nil
            )
        case .farewell: farewellGerman
        }
    }

    private static let channelEnglish = MailWording(
        subject: "Reminders at this address?",
        paragraphs: [
            "Somebody, probably you, wants Errand, a to-do service, to send reminders to this address. Is it yours? "
                + "Then confirm it.",
            "The link is good for 24 hours, once. If it was not you, there is nothing to do: nothing else is sent "
                + "here.",
        ],
        button: "Send reminders here"
    )

    private static let channelGerman = MailWording(
        subject: "Erinnerungen an diese Adresse?",
        paragraphs: [
            "Jemand, vermutlich du, möchte, dass Errand, ein Dienst für Aufgaben, Erinnerungen an diese Adresse "
                + "schickt. Ist sie deine? Dann bestätige sie.",
            "Der Link gilt 24 Stunden lang, ein Mal. Warst du es nicht, ist nichts zu tun: Sonst kommt nichts hierher.",
        ],
        button: "Erinnerungen hierher schicken"
    )

    private static let farewellGerman = MailWording(
        subject: "Dein Konto wurde gelöscht",
        paragraphs: [
            "Dein Konto bei Errand und alles darin wurde gelöscht, wie du es wolltest.",
            "Das ist die letzte Mail an dich. Auf Wiedersehen!",
        ],
        button: nil
    )
}
