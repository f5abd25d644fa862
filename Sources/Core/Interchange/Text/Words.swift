/// Words that programs and people write for values with few choices, in English and German.
enum Words {
    /// - Returns: nil for words that are not known; `.some(nil)` for none.
    static func priority(_ text: String) -> PortablePriority?? {
        switch text.trimmed.lowered {
        case "", "none", "no", "-", "keine", "p5": .some(nil)
        case "urgent", "highest", "critical", "asap", "p1", "dringend", "höchste": .urgent
        case "high", "important", "h", "p2", "hoch", "wichtig": .high
        case "medium", "normal", "middle", "m", "p3", "mittel": .medium
        case "low", "lowest", "l", "p4", "niedrig", "gering": .low
        default: nil
        }
    }

    /// Whether it is done; nil for words that are not known.
    static func isDone(_ text: String) -> Bool? {
        switch text.trimmed.lowered {
        case "true", "yes", "y", "1", "x", "✓", "✔", "☑", "done", "completed", "complete", "finished", "closed",
            "resolved", "ja", "wahr", "erledigt", "fertig", "abgeschlossen":
            true
        case "", "false", "no", "n", "0", "-", "☐", "open", "pending", "todo", "to do", "not started", "in progress",
            "new", "active", "needs-action", "nein", "falsch", "offen", "nicht begonnen", "in bearbeitung":
            false
        default: nil
        }
    }

    static func name(of priority: PortablePriority) -> String {
        switch priority {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .urgent: "urgent"
        }
    }
}
