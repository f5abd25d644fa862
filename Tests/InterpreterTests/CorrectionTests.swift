import CivilTime
import Interpreter
import TaskLanguage
import Testing

/// What people say when it was not quite that.
@Suite struct CorrectionTests {
    private let context = LanguageContext(
        now: LocalDateTime("2026-11-27T11:00") ?? LocalDateTime(LocalDate(daysSinceEpoch: 0), .midnight))

    private func german() -> LanguageContext {
        LanguageContext(now: context.now, language: .german)
    }

    private func due(_ text: String) -> ParsedDue? {
        LocalDateTime(text).map { ParsedDue(date: $0.date, time: $0.time) }
    }

    private func say(
        _ sentence: String, _ topic: ChatTopic, _ tasks: [KnownTask], in context: LanguageContext? = nil
    ) -> Intent {
        Interpreter.interpret(sentence, topic: topic, tasks: tasks, in: context ?? self.context).intent
    }

    @Test(arguments: ["no wait, I meant 5", "sorry, i meant the report", "I mean 5", "oops, not that one but 5"])
    func `what was done to the wrong task is taken back, and done to the right one`(_ sentence: String) {
        let today = LocalDate(daysSinceEpoch: 20_784)
        let tasks = [
            KnownTask(number: 4, title: "Book flights", status: .completed(on: today)),
            KnownTask(number: 5, title: "Write the report"),
        ]
        let topic = ChatTopic(named: [4], changes: 1, lastVerb: "complete", lastSentence: "done 4")
        #expect(say(sentence, topic, tasks) == .act([.reopen([4]), .complete([5])]))
        let reply = Interpreter.interpret(sentence, topic: topic, tasks: tasks, in: context)
        #expect(reply.topic.named == [5] && reply.topic.changes == 2)
        // It was opened again meanwhile, or comes again: nothing is guessed.
        let open = [KnownTask(number: 4, title: "Book flights"), tasks[1]]
        if case .act = say(sentence, topic, open) { Issue.record("it was done") }
    }

    @Test func `a deleted task comes back, and the one that was meant goes`() {
        let tasks = [
            KnownTask(number: 4, title: "Book flights", status: .deleted), KnownTask(number: 5, title: "Call Eva"),
        ]
        let topic = ChatTopic(named: [4], changes: 1, lastVerb: "delete", lastSentence: "delete 4")
        #expect(say("no, i meant 5", topic, tasks) == .act([.restore([4]), .delete([5])]))
        // Nothing was done, so there is nothing to correct.
        let quiet = say("no, i meant 5", ChatTopic(), [KnownTask(number: 5, title: "Call Eva")])
        if case .act = quiet { Issue.record("it was done") }
    }

    @Test(arguments: [
        ("check in should be at 19:30, not 18:00", "2026-12-31T19:30"),
        ("move check in to 19:30, not 20:00", "2026-12-31T19:30"),
        ("move check in to january 2 instead of december 31", "2027-01-02T18:00"),
        ("put check in on january 2 rather than january 1", "2027-01-02T18:00"),
    ])
    func `what is not meant is left out`(_ sentence: String, _ expected: String) {
        let tasks = [KnownTask(number: 6, title: "Check in online", due: due("2026-12-31T18:00"))]
        #expect(say(sentence, ChatTopic(), tasks) == .act([.move(6, due: due(expected))]))
    }

    @Test(arguments: [("mine", 9), ("the one for tim", 8), ("his", 0), ("hers", 0)])
    func `somebody's own is the one whose title says so`(_ answer: String, _ number: Int) {
        let tasks = [
            KnownTask(number: 8, title: "Dentist for Tim", due: due("2026-12-07T09:00")),
            KnownTask(number: 9, title: "Dentist for me", due: due("2026-12-09T15:30")),
        ]
        let question = ChatTopic.Question(
            kind: .which, sentence: "delete the dentist", tasks: [8, 9], askedAt: context.now
        )
        let said = say(answer, ChatTopic(question: question), tasks)
        if number == 0 {
            if case .act = said { Issue.record("it was done") }
        } else {
            #expect(said == .act([.delete([number])]))
        }
    }

    @Test func `a verb alone asks for the rest, before or behind it`() {
        let tasks = [
            KnownTask(number: 1, title: "Bahntickets buchen", status: .deleted),
            KnownTask(number: 2, title: "Müll rausbringen"),
        ]
        let first = Interpreter.interpret(
            "wiederherstellen", topic: ChatTopic(listed: [1], named: [1], lastVerb: "list"), tasks: tasks,
            in: german()
        )
        guard case .ask(let question) = first.intent else {
            Issue.record("it has to ask")
            return
        }
        #expect(question.kind == .what)
        #expect(say("die Bahntickets", first.topic, tasks, in: german()) == .act([.restore([1])]))
    }

    @Test func `after a skip a task is due the next time`() {
        let tasks = [
            KnownTask(
                number: 1, title: "Water the plants", due: ParsedDue(date: LocalDate(daysSinceEpoch: 20_785)),
                recurrence: RecurrenceWords.parse("every saturday", in: context)?.recurrence
            )
        ]
        #expect(tasks[0].dueAfterSkip?.date == LocalDate(daysSinceEpoch: 20_792))
        let moved = say("skip the plants and push it by a day", ChatTopic(), tasks)
        #expect(
            moved == .act([.skip([1]), .move(1, due: ParsedDue(date: LocalDate(daysSinceEpoch: 20_793)))]))
    }
}
