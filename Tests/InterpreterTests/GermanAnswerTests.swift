import CivilTime
import Interpreter
import TaskLanguage
import Testing

/// German answers use the words and the quotation marks of the German page.
@Suite struct GermanAnswerTests {
    private let context = LanguageContext(
        now: LocalDateTime("2026-11-27T11:00") ?? LocalDateTime(LocalDate(daysSinceEpoch: 0), .midnight),
        language: .german)
    private let tasks = [
        KnownTask(number: 1, title: "Milch kaufen"), KnownTask(number: 2, title: "Miete zahlen", tags: ["haus"]),
    ]

    private func answer(_ sentence: String) -> String {
        Interpreter.interpret(sentence, topic: ChatTopic(), tasks: tasks, in: context).text
    }

    @Test(arguments: [
        ("tagge die Milch mit laden", "Mit Schlagwort #laden versehen: #1 „Milch kaufen“."),
        ("entferne das Tag haus von der Miete", "Schlagwort #haus entfernt: #2 „Miete zahlen“."),
        ("die Milch ist erledigt", "Erledigt: #1 „Milch kaufen“."),
        ("benenne 1 um in Brot kaufen", "Umbenannt: #1 „Brot kaufen“."),
        ("neue Aufgabe: Eva anrufen", "Hinzugefügt: #3 „Eva anrufen“."),
        ("was ist offen?", "2 Aufgaben:\n#1 „Milch kaufen“: ohne Termin\n#2 „Miete zahlen“: ohne Termin, #haus"),
    ])
    func `it names tasks and labels as the page does`(_ sentence: String, _ expected: String) {
        #expect(answer(sentence) == expected)
    }

    @Test func `a question before a model's deed does so too`() {
        let deed = ProposedDeed(tool: "add_tag", tasks: [(number: 1, title: "Milch kaufen")], details: [])
        #expect(ChatPhrases(.german).question(about: [deed]) == "Soll ich das tun?\nSchlagwort für: #1 „Milch kaufen“.")
    }
}
