import CivilTime
import ErrandCore
import Synchronization
import TestSupport
import Testing

/// What becomes of a message when the model does not do its part.
@Suite struct ChatModelFailureTests {
    @Test(
        arguments: [
            (ModelFailure.notAllowed, "model_not_allowed"), (.notFound, "model_not_found"),
            (.overused, "model_overused"), (.filtered, "model_filtered"), (.unavailable, "model_unavailable"),
            (.notUnderstood, "model_not_understood"),
        ])
    func `the interpreter answers for a model that fails, and says so`(
        _ failure: ModelFailure, _ code: String
    )
        async throws
    {
        try await ChatStage.with([.fail(failure)]) { chat in
            let answer = try await chat.say("add milk")
            #expect(try await chat.tasks() == ["1 milk pending"])
            #expect(answer.tools == ["add_task"])
            let notice = try #require(answer.notice)
            #expect(notice.code == code)
            #expect(answer.response.contains("#1 “milk”") && answer.response.hasSuffix(notice.detail))
            #expect(notice.detail.hasSuffix("This was answered without it."))
            #expect(answer.json["notice"]?["code"]?.string == code)
        }
    }

    @Test func `the notice is in the language of the user`() async throws {
        try await ChatStage.with([.fail(.unavailable)]) { chat in
            try await chat.set(["language": "de"])
            let answer = try await chat.say("Was ist überfällig?")
            #expect(answer.notice?.detail == "Das Sprachmodell ist nicht erreichbar. Geantwortet wurde ohne es.")
        }
    }

    @Test func `what was done before a failure is said, and can be taken back`() async throws {
        let steps: [ScriptedModel.Step] = [
            .call([("add_task", #"{"title":"Milk"}"#), ("add_task", #"{"title":"Bread"}"#)]), .fail(.unavailable),
        ]
        try await ChatStage.with(steps) { chat in
            let answer = try await chat.say("milk and bread")
            #expect(answer.tools == ["add_task", "add_task"])
            #expect(answer.response.contains("Milk") && answer.response.contains("Bread"))
            #expect(answer.response.hasSuffix("The language model cannot be reached."))
            #expect(answer.notice?.code == "model_unavailable")
            try await chat.set(["interpreter_first": true])
            try await chat.say("undo")
            #expect(try await chat.tasks() == [])
        }
    }

    @Test func `half a stream is kept with a notice, and nothing is done twice`() async throws {
        try await ChatStage.with([.breakOff("I think that")]) { chat in
            let answer = try await chat.say("add milk")
            #expect(answer.response == "I think that\n\nThe language model cannot be reached.")
            #expect(answer.notice?.code == "model_unavailable")
            #expect(try await chat.tasks() == [])
            #expect(try await chat.say("hello").response == "Done.")
        }
    }

    @Test(arguments: [(ModelStep.Ending.tooLong, "answer_cut"), (.filtered, "model_filtered")])
    func `calls of an answer that was cut are not made`(_ ending: ModelStep.Ending, _ code: String) async throws {
        try await ChatStage.with([.end(ending, "So I")]) { chat in
            let answer = try await chat.say("add half")
            #expect(answer.notice?.code == code)
            #expect(answer.toolCalls == [])
            #expect(try await chat.tasks() == [])
        }
    }

    @Test func `a model that says nothing for a minute is left, and the conversation goes on`() async throws {
        try await ChatStage.with([.hang]) { chat in
            let (talk, stage, clock) = (chat.chat, chat.stage, chat.clock)
            let message = try ChatMessage(["message": "add milk"])
            try await withThrowingTaskGroup(of: ChatAnswer.self) { group in
                group.addTask { try await talk.answer(message, as: stage.principal()) }
                for await _ in chat.model.hanging { break }
                await clock.waitForSleepers(2)
                clock.advance(by: .seconds(59))
                #expect(chat.model.cancelled == 0)
                await clock.waitForSleepers(2)
                clock.advance(by: .seconds(1))
                let answer = try #require(try await group.next())
                #expect(answer.notice?.code == "model_too_slow")
                #expect(answer.tools == ["add_task"])
            }
            #expect(chat.model.cancelled == 1)
        }
    }

    @Test func `the work ends when nobody listens, what was done is kept, and the conversation is free`() async throws {
        let steps: [ScriptedModel.Step] = [.call([("add_task", #"{"title":"Milk"}"#)]), .hang]
        try await ChatStage.with(steps) { chat in
            let (told, talk, stage, clock) = (chat.told, chat.chat, chat.stage, chat.clock)
            let message = try ChatMessage(["message": "milk and more"])
            let id = try await withThrowingTaskGroup(of: ChatAnswer.self) { group in
                group.addTask {
                    try await talk.answer(message, as: stage.principal()) {
                        (progress) async throws(CancellationError) in try told.hear(progress)
                    }
                }
                for await _ in chat.model.hanging { break }
                told.isDeaf.withLock { $0 = true }
                await clock.waitForSleepers(2)
                clock.advance(by: .seconds(2))
                return try #require(try await group.next()).conversationID
            }
            #expect(chat.model.cancelled == 1)
            let turns = try await StoreConversations(environment: stage.operations.environment)
                .transcript(id, of: stage.ana.id).turns
            #expect(turns.count == 2)
            #expect(turns.last?.toolCalls.first?["tool"] == "add_task")
            #expect(try await chat.tasks() == ["1 Milk pending"])
            told.isDeaf.withLock { $0 = false }
            let next = try ChatMessage(["message": "undo", "conversation_id": .string(id.description)])
            try await chat.set(["interpreter_first": true])
            _ = try await talk.answer(next, as: stage.principal())
            #expect(try await chat.tasks() == [])
        }
    }

    @Test func `a listener that goes during the answer ends it`() async throws {
        try await ChatStage.with([.say(["one ", "two ", "three"])]) { chat in
            chat.told.isDeaf.withLock { $0 = true }
            let answer = try await chat.say("count")
            #expect(answer.response == "one ")
            #expect(chat.model.cancelled == 1)
        }
    }

    // MARK: Nonsense

    @Test func `unknown tools, invalid JSON and refused arguments may be mended twice`() async throws {
        let wrong: [ScriptedModel.Step] = [
            .call([("explode", "{}")]), .call([("add_task", "{title: ")]), .call([("add_task", #"{"title":"Milk"}"#)]),
            .say(["There."]),
        ]
        try await ChatStage.with(wrong) { chat in
            let answer = try await chat.say("milk")
            #expect(answer.response == "There." && answer.notice == nil)
            #expect(answer.tools == ["add_task"])
            chat.model.play([.call([("add_task", "[1]")]), .call([("add_task", "{}")]), .call([("nothing", "")])])
            let nonsense = try await chat.say("more")
            #expect(nonsense.notice?.code == "model_not_understood")
            #expect(try await chat.tasks() == ["1 Milk pending"])
            chat.model.play([.call([("add_task", #""{\"title\":\"Bread\"}""#), ("find_task", #"{"keyword":"milk"}"#)])])
            #expect(try await chat.say("bread").tools == ["add_task", "search_tasks"])
        }
    }

    @Test func `the same call for ever, ever new calls, and ever more calls at once come to an end`() async throws {
        let same = ScriptedModel.Step.call([("list_tasks", "{}")])
        try await ChatStage.with([same], repeats: true) { chat in
            let answer = try await chat.say("loop")
            #expect(answer.notice?.code == "model_stopped")
            #expect(answer.tools == ["list_tasks", "list_tasks"])
            #expect(chat.model.prompts.count == 3)
        }
        let ever = ScriptedModel.Step.reply { prompt in
            .call([("search_tasks", #"{"query":"\#(prompt.messages.count)"}"#)])
        }
        try await ChatStage.with([ever], repeats: true) { chat in
            let answer = try await chat.say("loop")
            #expect(answer.notice?.code == "model_stopped")
            #expect(chat.model.prompts.count == 8)
        }
        let many = ScriptedModel.Step.call((1...30).map { ("add_task", #"{"title":"t\#($0)"}"#) })
        try await ChatStage.with([many]) { chat in
            let answer = try await chat.say("many")
            #expect(answer.notice?.code == "model_stopped")
            #expect(answer.tools.count == 20)
            #expect(try await chat.turns().count == 2)
        }
    }

    @Test func `arguments have a limit, deep ones are kept short, and results are cut`() async throws {
        let long = #"{"title":"\#(String(repeating: "x", count: 16_400))"}"#
        let brackets = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
        let deep = #"{"title":"x","reminders":\#(brackets)}"#
        let steps: [ScriptedModel.Step] = [
            .call([("add_task", long)]), .call([("add_task", deep)]), .call([("list_tasks", #"{"limit":100}"#)]),
            .say(["Ok."]),
        ]
        try await ChatStage.with(steps) { chat in
            let title = "A task with quite a long title, of which there are many"
            for number in 1...100 { try await chat.add("\(title): \(number)") }
            let answer = try await chat.say("go")
            #expect(answer.response == "Ok.")
            let results = try #require(chat.model.prompts.last).messages.compactMap { message -> String? in
                if case .result(let result) = message { result.text } else { nil }
            }
            #expect(results[0].contains("16384"))
            #expect(results[2].utf8.count <= 8_192 && results[2].contains(" more"))
            #expect((try? JSONValue.parse(results[2])) != nil)
            #expect(try await chat.turns().count == 2)
        }
    }
}
