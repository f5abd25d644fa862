import CivilTime
import TaskLanguage

extension Wording {
    static let german = Wording(
        quotes: "„{text}“", and: "und",
        day: { date in
            let months = [
                "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                "November",
                "Dezember",
            ]
            let days = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
            return "\(days[date.weekday.rawValue]), \(date.day). \(months[date.month - 1]) \(date.year)"
        },
        at: "um", noDue: "ohne Termin", due: "fällig", none: "Nichts.", added: "Hinzugefügt: {task}.",
        completed: "Erledigt: {task}.", reopened: "Wieder offen: {task}.",
        deleted: "Gelöscht: {task}. Noch 30 Tage im Papierkorb.", restored: "Wiederhergestellt: {task}.",
        renamed: "Umbenannt: {task}.", described: "Notiert bei {task}.", moved: "Verschoben: {task}.",
        dueCleared: "{task} hat keinen Termin mehr.", repeats: "{task} kommt jetzt wieder: {text}.",
        prioritised: "{task}: Priorität {text}.", tagged: "Mit Schlagwort {text} versehen: {task}.",
        untagged: "Schlagwort {text} entfernt: {task}.", reminded: "Erinnere an {task} {text}.",
        unreminded: "Keine Erinnerungen mehr an {task}.", skipped: "Dieses Mal übersprungen: {task}.",
        seriesEnded: "{task} wiederholt sich nicht mehr.", undone: "Die letzte Änderung ist rückgängig gemacht.",
        which: "Welche meinst du?",
        whether: [.delete: "Alle diese löschen?", .complete: "Alle diese erledigen?"], nearest: "Meinst du diese?",
        what: "Das ist erst der Anfang: was soll es sein?",
        count: { $0 == 1 ? "1 Aufgabe." : "\($0) Aufgaben." }, list: { $0 == 1 ? "1 Aufgabe:" : "\($0) Aufgaben:" },
        more: { "… und \($0) weitere." }, isDone: "ist erledigt", isOpen: "ist noch offen",
        dropped: "Gut, nichts wurde geändert.", greeting: "Hallo! Sag, was dazukommen soll, oder frag, was fällig ist.",
        thanks: "Gern.",
        help: "Du kannst sagen: „Neue Aufgabe: Mama morgen um 17 Uhr anrufen“, „Was ist überfällig?“, "
            + "„Bericht ist erledigt“, „Verschiebe die Milch auf Freitag“, „Mach sie dringend“, "
            + "„Erinnere mich eine Stunde vor dem Zahnarzttermin“, „Lösche alle erledigten Aufgaben“, „rückgängig“.",
        notUnderstood: "Das habe ich nicht verstanden; nichts wurde geändert.",
        nothingFits: "Keine Aufgabe passt zu „{text}“; nichts wurde geändert.", nearestAre: "Am nächsten kommen:",
        noNumber: "Es gibt keine Aufgabe #{text}; nichts wurde geändert.",
        nothingToUndo: "In diesem Gespräch gibt es nichts rückgängig zu machen.",
        hasNoDue: "{task} hat keinen Termin, von dem aus zu zählen wäre; nichts wurde geändert.",
        hasNoTime: "{task} hat nur einen Tag und keine Uhrzeit; nichts wurde geändert.",
        notRecurring: "{task} wiederholt sich nicht; nichts wurde geändert.", alreadyDone: "Schon erledigt: {task}.",
        notDone: "Noch nicht erledigt: {task}.", notDeleted: "Nicht im Papierkorb: {task}.",
        unclearDate: "„{text}“ ist kein Termin, den ich lesen kann; nichts wurde geändert.",
        unclearAnswer: "Die Antwort habe ich nicht verstanden; nichts wurde geändert.",
        noTask: "Welche Aufgabe? Sag ihre Nummer oder Wörter ihres Titels.",
        tooMany: "Das sind zu viele auf einmal; nichts wurde geändert. Höchstens {text}.",
        priorities: [.low: "niedrig", .medium: "mittel", .high: "hoch", .urgent: "dringend"], before: "vor dem Termin",
        whenDue: "zum Termin"
    )
}
