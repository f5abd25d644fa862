import ErrandCore
import TaskLanguage

extension OutgoingMessage.Action {
    /// As buttons say it.
    func label(in language: Language) -> String {
        switch (self, language) {
        case (.done, .german): "Erledigt"
        case (.snooze, .german): "In 10 Minuten wieder"
        case (.open, .german): "Öffnen"
        case (.done, _): "Done"
        case (.snooze, _): "Snooze 10 min"
        case (.open, _): "Open"
        }
    }
}

extension OutgoingMessage {
    /// What a reader without the page sees of it: the body, or the tasks of a digest a line each.
    var text: String {
        let listed = lines.map { "\($0.isOverdue ? "! " : "")\($0.title)" }
        return ([body] + listed).filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
