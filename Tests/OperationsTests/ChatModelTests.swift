import CivilTime
import ErrandCore
import Synchronization
import TestSupport
import Testing

/// Chat with a model: what is asked, in which order, and what is kept.
@Suite struct ChatModelTests {
    @Test func `a model finds a task, changes it and says so, in pieces`() async throws {
        let steps: [ScriptedModel.Step] = [
            .call([("search_tasks", #"{"query":"dentist"}"#)]),
            .call([("set_due_date", #"{"task_id":1,"due_date":"friday 5pm"}"#)]),
            .say(["The dentist ", "is on ", "Friday."]),
        ]
        try await ChatStage.with(steps) { chat in
            try await chat.add("See the dentist", "Buy milk")
            let answer = try await chat.say("the dentist thing should happen friday 5pm")
            #expect(answer.response == "The dentist is on Friday.")
            #expect(answer.tools == ["search_tasks", "set_due_date"])
            #expect(answer.notice == nil && answer.question == nil)
            #expect(answer.undoToken == answer.toolCalls.last?["result"]?["undo"]?.string)
            #expect(try await chat.task(1)["due"]?["date"] == "2026-01-16")
            #expect(try await chat.task(1)["due"]?["time"] == "17:00")
            let told = chat.told.takeAll()
            #expect(
                told == [
                    .tool(answer.toolCalls[0]), .tool(answer.toolCalls[1]), .delta("The dentist "), .delta("is on "),
                    .delta("Friday."),
                ])
            // Every call has its result, and the next step hears both.
            let messages = try #require(chat.model.prompts.last).messages
            #expect(messages.count == 5)
            #expect(messages.first == .user("the dentist thing should happen friday 5pm"))
        }
    }

    @Test func `what a model did is known to the interpreter and to the model afterwards, and is taken back`()
        async throws
    {
        let steps: [ScriptedModel.Step] = [
            .call([("list_tasks", "{}")]), .say(["Here they are."]),
            .call([("add_task", #"{"title":"Call Ben"}"#), ("set_priority", #"{"task_id":3,"priority":"high"}"#)]),
            .say(["Added."]),
        ]
        try await ChatStage.with(steps) { chat in
            try await chat.add("Buy milk", "Buy bread")
            try await chat.say("anything?")
            try await chat.set(["interpreter_first": true])
            try await chat.say("delete the second one")
            #expect(try await chat.tasks() == ["1 Buy milk pending"])
            try await chat.say("undo")
            try await chat.set(["interpreter_first": false])
            let added = try await chat.say("somebody has to call Ben")
            #expect(added.tools == ["add_task", "set_priority"])
            try await chat.set(["interpreter_first": true])
            try await chat.say("undo")
            #expect(try await chat.tasks() == ["1 Buy milk pending", "2 Buy bread pending"])
            let kept = try await chat.turns()
            let memory = kept.last { $0.text == "Added." }?.toolCalls.last?["memory"]
            #expect(memory?["model"] == ["name": "scripted", "input": 200, "output": 20])
            // Calls of earlier turns are told with their results.
            let past = try #require(chat.model.prompts.last).messages
            let calls = past.count { if case .calls = $0 { true } else { false } }
            #expect(calls >= 3)
        }
    }

    @Test func `what the interpreter is sure of costs no model`() async throws {
        try await ChatStage.with(asksFirst: true) { chat in
            try await chat.say("add milk, bread and cheese")
            try await chat.say("delete 1 and 2")
            try await chat.say("yes")
            try await chat.say("what's overdue?")
            #expect(chat.model.prompts.isEmpty)
            #expect(try await chat.tasks() == ["3 cheese pending"])
            let odd = try await chat.say("the weather is nice, is it not?")
            #expect(chat.model.prompts.count == 1)
            #expect(odd.response == "Done.")
        }
    }

    @Test func `an open question of the interpreter is answered to it, even where the model comes first`() async throws
    {
        try await ChatStage.with { chat in
            try await chat.add("call the dentist", "pay the dentist")
            try await chat.set(["interpreter_first": true])
            let which = try await chat.say("delete the dentist")
            #expect(which.question?["kind"] == "which")
            try await chat.set(["interpreter_first": false])
            try await chat.say("the second")
            #expect(chat.model.prompts.isEmpty)
            #expect(try await chat.tasks() == ["1 call the dentist pending"])
            try await chat.say("add milk")
            #expect(chat.model.prompts.count == 1)
        }
    }

    @Test func `nothing of a user who wants none is sent`() async throws {
        try await ChatStage.with(asksFirst: true) { chat in
            try await chat.set(["model_allowed": false, "interpreter_first": false])
            for message in ["add milk", "the weather is nice", "what shall I do?"] {
                let answer = try await chat.say(message)
                #expect(answer.notice == nil)
            }
            #expect(chat.model.prompts.isEmpty)
            #expect(try await chat.tasks() == ["1 milk pending"])
        }
    }

    @Test func `a prompt has nothing of others, fits a small context, and says what time it is`() async throws {
        try await ChatStage.with { chat in
            let secret: JSONValue = ["title": "Ben's secret", "tags": ["bens-tag"]]
            try await chat.stage.call("tasks.create", secret, as: chat.stage.ben)
            try await chat.stage.call("tasks.create", ["title": "Ana's own", "tags": ["anas-tag"]])
            for number in 1...30 { try await chat.say("\(number) " + String(repeating: "long words ", count: 400)) }
            for prompt in chat.model.prompts {
                let text = "\(prompt)"
                #expect(!text.contains("secret") && !text.contains("bens-tag"))
                #expect(prompt.instructions.contains("anas-tag"))
                #expect(prompt.instructions.contains("Thursday, 2026-01-15 10:00"))
                let history = prompt.messages.reduce(0) { $0 + "\($1)".utf8.count }
                let tools = prompt.tools.reduce(0) {
                    $0 + $1.name.utf8.count + $1.description.utf8.count + $1.parameters.serialized().count
                }
                #expect(prompt.instructions.utf8.count + history + tools <= 34_000)
                #expect(prompt.instructions.utf8.count + tools <= 26_000)
                if case .user? = prompt.messages.first {} else { Issue.record("begins with \(prompt.messages.first)") }
            }
            #expect(!chat.model.prompts.contains { $0.tools.contains { "\($0)".contains("confirm") } })
        }
    }

    @Test func `words of time mean the clock where the user speaks from`() async throws {
        let call = ScriptedModel.Step.call([
            ("add_task", #"{"title":"Call","due_date":"tomorrow 5pm","reminders":["PT1H"]}"#),
            ("set_reminder", #"{"task_id":1,"at":"tomorrow 4pm"}"#),
        ])
        try await ChatStage.with([call], zone: "Europe/Berlin") { chat in
            try await chat.say("call tomorrow 5pm", zone: "America/New_York")
            let task = try await chat.task(1)
            #expect(task["due"]?["date"] == "2026-01-16" && task["due"]?["time"] == "17:00")
            #expect(task["due"]?["time_zone"] == "America/New_York")
            #expect(task["reminders"]?.array?.last?["at"] == "2026-01-16T21:00:00Z")
        }
    }

    @Test func `a model that is silent says what the tools said, and its control characters are taken away`()
        async throws
    {
        let steps: [ScriptedModel.Step] = [
            .call([("add_task", #"{"title":"Milk"}"#)]), .say([""]), .say(["a\u{1B}[31mb\u{202E}c", "\u{7}d\n", "e"]),
            .say([String(repeating: "x", count: 40_000)]),
        ]
        try await ChatStage.with(steps) { chat in
            #expect(try await chat.say("one").response.contains("Milk"))
            #expect(try await chat.say("two").response == "a[31mbcd\ne")
            let long = try await chat.say("three")
            #expect(long.response.unicodeScalars.count <= 16_384 && long.response.hasPrefix("xxxx"))
            #expect(try await chat.turns().count == 6)
        }
    }

    @Test func `steps that speak and call are joined, and told as they come`() async throws {
        let steps: [ScriptedModel.Step] = [
            .call([("add_task", #"{"title":"Milk"}"#)], saying: "I add it."), .say(["\n\nIt is ", "there."]),
        ]
        try await ChatStage.with(steps) { chat in
            let answer = try await chat.say("milk")
            #expect(answer.response == "I add it.\n\nIt is there.")
            let told = chat.told.takeAll()
            let text = told.reduce("") { if case .delta(let piece) = $1 { $0 + piece } else { $0 } }
            #expect(text == answer.response)
        }
    }

    @Test func `a prompt that is too long is tried once more without earlier turns`() async throws {
        try await ChatStage.with { chat in
            try await chat.say("hello")
            chat.model.play([.fail(.promptTooLong), .say(["Here."])])
            #expect(try await chat.say("and now?").response == "Here.")
            #expect(chat.model.prompts.map(\.messages.count) == [1, 3, 1])
            chat.model.play([.fail(.promptTooLong), .fail(.promptTooLong)])
            #expect(try await chat.say("again").notice?.code == "prompt_too_long")
        }
    }

    @Test func `two messages at once are one too many, and two users do not meet`() async throws {
        try await ChatStage.with([.say(["Hello."]), .hang]) { chat in
            let first = try await chat.say("hello")
            let (stage, talk, clock) = (chat.stage, chat.chat, chat.clock)
            let body: JSONObject = [
                "message": "wait", "conversation_id": .string(first.conversationID.description),
            ]
            let message = try ChatMessage(.object(body))
            try await withThrowingTaskGroup(of: ChatAnswer.self) { group in
                group.addTask { try await talk.answer(message, as: stage.principal()) }
                for await _ in chat.model.hanging { break }
                await #expect(throws: ErrandError.conflict(.conversationBusy)) {
                    try await talk.answer(message, as: stage.principal())
                }
                await #expect(throws: ErrandError.notFound(.conversation)) {
                    try await talk.answer(message, as: stage.principal(stage.ben))
                }
                await clock.waitForSleepers(2)
                clock.advance(by: .seconds(60))
                let answer = try #require(try await group.next())
                #expect(answer.notice?.code == "model_too_slow")
            }
            #expect(try await chat.say("hello again").response == "Done.")
        }
    }
}
