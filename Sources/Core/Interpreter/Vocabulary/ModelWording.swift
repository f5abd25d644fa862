import TaskLanguage

/// How one language speaks of a model, and asks before something is done.
struct ModelWording: Sendable {
    var remarks: [ChatRemark: String]
    /// Behind a reason why the model has not answered.
    var answered: String
    var shall: String
    /// Tools as things that are done.
    var deeds: [String: String]

    static func of(_ language: Language) -> ModelWording {
        switch language {
        case .english: english
        case .german: german
        }
    }

    private static let english = ModelWording(
        remarks: [
            .notAllowed: "The language model refuses the key that this server has for it.",
            .notFound: "The language model is not found where this server looks for it.",
            .overused: "The language model is used up or too busy.",
            .promptTooLong: "This is longer than the language model can read.",
            .filtered: "The language model does not answer this.",
            .unavailable: "The language model cannot be reached.",
            .notUnderstood: "What the language model answered makes no sense.",
            .tooSlow: "The language model took too long.",
            .stopped: "The language model was stopped: it came to no end.",
            .cut: "The answer of the language model was cut: it was too long.",
        ],
        answered: "This was answered without it.", shall: "Shall I do this?",
        deeds: [
            "complete_task": "Complete", "delete_task": "Delete", "update_task": "Change",
            "set_priority": "Priority of",
            "add_tag": "Tag", "remove_tag": "Take tags off", "set_due_date": "Due date of",
            "reopen_task": "Reopen", "reschedule_task": "Move", "skip_occurrence": "Skip this time",
            "set_reminder": "Remind of", "undo": "Take the last change back", "restore_task": "Restore",
            "end_series": "Repeat no more",
        ]
    )

    private static let german = ModelWording(
        remarks: [
            .notAllowed: "Das Sprachmodell nimmt den Schlüssel dieses Servers nicht an.",
            .notFound: "Das Sprachmodell ist nicht da, wo dieser Server es sucht.",
            .overused: "Das Sprachmodell ist aufgebraucht oder überlastet.",
            .promptTooLong: "Das ist länger, als das Sprachmodell lesen kann.",
            .filtered: "Das Sprachmodell antwortet darauf nicht.",
            .unavailable: "Das Sprachmodell ist nicht erreichbar.",
            .notUnderstood: "Was das Sprachmodell geantwortet hat, ergibt keinen Sinn.",
            .tooSlow: "Das Sprachmodell hat zu lange gebraucht.",
            .stopped: "Das Sprachmodell wurde angehalten: es kam zu keinem Ende.",
            .cut: "Die Antwort des Sprachmodells wurde abgeschnitten: sie war zu lang.",
        ],
        answered: "Geantwortet wurde ohne es.", shall: "Soll ich das tun?",
        deeds: [
            "complete_task": "Erledigen", "delete_task": "Löschen", "update_task": "Ändern",
            "set_priority": "Priorität von", "add_tag": "Schlagwort für", "remove_tag": "Schlagwörter entfernen von",
            "set_due_date": "Termin von", "reopen_task": "Wieder öffnen", "reschedule_task": "Verschieben",
            "skip_occurrence": "Dieses Mal überspringen", "set_reminder": "Erinnern an",
            "undo": "Die letzte Änderung zurücknehmen", "restore_task": "Wiederherstellen",
            "end_series": "Nicht mehr wiederholen",
        ]
    )
}
